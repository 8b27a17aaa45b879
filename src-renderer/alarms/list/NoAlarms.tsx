import { Button } from '@mantine/core'
import { IconBellCheck, IconBellPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useActor, useCall } from '../../host.ts'
import { screens } from '../../screens.ts'
import { Empty } from '../../ui/Empty.tsx'

const library = '/alarms/rules/library'

/** Nothing to do; or nothing that could ever be, since no rule looks at anything. */
export function NoAlarms() {
  const { t } = useTranslation()
  const { may } = useActor()
  const { data } = useCall('alarms.rules', {})
  const some = data === undefined || data.rules.some(({ enabled }) => enabled)
  if (some) return <Empty icon={IconBellCheck} title={t('alarms.list.empty.open.title')} hint={t('alarms.list.empty.open.hint')} />
  return (
    <Empty icon={IconBellPlus} title={t('alarms.list.empty.noRules.title')} hint={t('alarms.list.empty.noRules.hint')}>
      {may('full') && screens.some(({ path }) => path === library) && (
        <Button component={Link} to={library}>
          {t('alarms.list.empty.noRules.action')}
        </Button>
      )}
    </Empty>
  )
}
