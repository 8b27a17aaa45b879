import { useTranslation } from 'react-i18next'
import { useRouter } from '@tanstack/react-router'
import { Failed } from '../ui/Failed.tsx'

/** Shown in place of a screen that could not be loaded or drawn; the rest of the page keeps working. */
export function ScreenBroken({ reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation()
  const router = useRouter()
  const again = () => {
    reset?.()
    void router.invalidate()
  }
  return <Failed told={{ title: t('failed.screen.title'), hint: t('failed.screen.hint'), code: 'screen' }} onRetry={again} centred />
}
