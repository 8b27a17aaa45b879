import { SegmentedControl, Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useAddress } from '../../address.ts'
import { useActor } from '../../host.ts'
import { PageTop } from '../../ui/PageTop.tsx'
import { NoticePanel } from '../desktop/NoticePanel.tsx'
import { Channels } from './Channels.tsx'
import { FirstSteps } from './FirstSteps.tsx'
import { Lists } from './Lists.tsx'
import { NotifyTrouble } from './NotifyTrouble.tsx'
import { Outbox } from './Outbox.tsx'
import { Recipients } from './Recipients.tsx'
import { Schedules } from './Schedules.tsx'
import classes from './Notify.module.css'

/** The parts of the page and the role that may look at each. */
const parts = [
  { part: 'recipients', role: 'basic', Part: Recipients },
  { part: 'lists', role: 'readonly', Part: Lists },
  { part: 'schedules', role: 'readonly', Part: Schedules },
  { part: 'channels', role: 'full', Part: Channels },
  { part: 'outbox', role: 'basic', Part: Outbox },
] as const

/** Whom Hearthgrid tells of alarms: people and programs, lists with a rota, times, ways, and what went out. */
export function NotifyScreen() {
  const { t } = useTranslation()
  const { may } = useActor()
  const [address, change] = useAddress()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const shown = parts.filter(({ role }) => may(role))
  const chosen = shown.find(({ part }) => part === address['part']) ?? shown[0]
  if (!chosen) return null
  return (
    <>
      <PageTop title={t('alarms.notify.title')} note={t('alarms.notify.note')} />
      <NotifyTrouble />
      <FirstSteps />
      <SegmentedControl
        className={classes['parts'] ?? ''}
        value={chosen.part}
        onChange={(part) => change({ part: part === 'recipients' ? undefined : part, state: undefined })}
        data={shown.map(({ part }) => ({ value: part, label: t(`alarms.notify.part.${part}`) }))}
        transitionDuration={0}
        aria-label={t('alarms.notify.parts')}
        {...(phone ? { orientation: 'vertical' as const, fullWidth: true } : {})}
      />
      <Stack gap="md">
        <div>
          <chosen.Part />
        </div>
        <NoticePanel />
      </Stack>
    </>
  )
}
