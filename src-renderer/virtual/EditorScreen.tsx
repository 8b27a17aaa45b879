import { useTranslation } from 'react-i18next'
import { IconMathFunction } from '@tabler/icons-react'
import { useAddress } from '../address.ts'
import { useCall } from '../host.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { useFailureText } from '../words.ts'
import { Editor } from './Editor.tsx'
import { draftOf, newDraft } from './draft.ts'

/** Where a formula is written: a new one, at the device that the address names if it does, or one that is there. */
export function EditorScreen() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const [{ id, device = '' }] = useAddress()
  const formulas = useCall('virtual.list', {}, { enabled: id !== undefined })
  if (id === undefined) return <Editor key="new" start={newDraft(device)} />
  if (!formulas.data) {
    if (formulas.error) return <Failed told={tell(formulas.error)} onRetry={() => void formulas.refetch()} centred />
    return <Loading rows={6} height={44} />
  }
  const formula = formulas.data.find((one) => String(one.id) === id)
  if (formula) return <Editor key={formula.id} start={draftOf(formula)} />
  return (
    <Empty icon={IconMathFunction} title={t('virtual.gone.title')} hint={t('virtual.gone.hint')}>
      <ButtonLink to="/virtual" variant="default">
        {t('virtual.title')}
      </ButtonLink>
    </Empty>
  )
}
