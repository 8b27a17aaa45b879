import { useEffect, useRef } from 'react'
import { Button, CloseButton, Group, Stack, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { useActor, useCall } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { useFailureText } from '../../words.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { useAlarmWords } from '../words.ts'
import { ActDialog } from './ActDialog.tsx'
import { actable, acts, needs } from './acts.ts'
import { AlarmCourse } from './AlarmCourse.tsx'
import { AlarmFacts } from './AlarmFacts.tsx'
import { AlarmLinks } from './AlarmLinks.tsx'
import { AlarmLog } from './AlarmLog.tsx'
import { OutcomeNote } from './OutcomeNote.tsx'
import { Remark } from './Remark.tsx'
import { ResponseSheet } from './ResponseSheet.tsx'
import { RowContext, useMakeRowContext } from './row-context.ts'
import { useActs } from './use-acts.ts'
import classes from './Screen.module.css'

type AlarmPanelProps = { id: string; phone: boolean; onClose: () => void; onOpen: (id: string) => void }

const everyMs = 15_000

/** One alarm with all that helps to act on it: beside the list, or the whole page of a phone. */
export function AlarmPanel({ id, phone, onClose, onOpen }: AlarmPanelProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('alarms.get', { id }, { every: everyMs })
  const self = useRef<HTMLElement>(null)
  useEffect(() => {
    // Read from its top, and by screen readers at once where it takes the place of the list.
    if (phone) window.scrollTo({ top: 0 })
    if (phone) self.current?.focus({ preventScroll: true })
  }, [phone])
  return (
    <aside
      ref={self}
      tabIndex={-1}
      className={phone ? classes['phone'] : classes['panel']}
      aria-label={t('alarms.list.opened')}
      data-alarm-panel={id}
    >
      {phone ? (
        <Button
          variant="subtle"
          size="compact-md"
          mb={8}
          onClick={onClose}
          leftSection={<IconArrowLeft size={16} stroke={1.7} aria-hidden />}
        >
          {t('alarms.title')}
        </Button>
      ) : (
        <Group justify="flex-end">
          <CloseButton onClick={onClose} aria-label={t('alarms.list.close')} />
        </Group>
      )}
      {data ? (
        <Whole alarm={data} onOpen={onOpen} />
      ) : error ? (
        <Failed told={tell(error)} onRetry={() => void refetch()} />
      ) : (
        <Loading rows={6} height={40} />
      )}
    </aside>
  )
}

function Whole({ alarm, onOpen }: { alarm: CallOutput<'alarms.get'>; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const words = useAlarmWords()
  const { may } = useActor()
  const doing = useActs()
  const { row } = alarm
  const context = useMakeRowContext()
  const possible = acts.filter((act) => may(needs[act]) && actable(act, [row]).length > 0)
  return (
    <RowContext value={context}>
      <Stack gap="lg">
        <Stack gap="sm">
          <div className={classes['title']}>
            <PriorityMark priority={row.priority} state={row.state} size={26} />
            <div className={classes['name']}>
              <Title order={2}>{row.ruleName}</Title>
              <div className={classes['dim']}>{[words.priority(row.priority), words.about(row)].filter(Boolean).join(' · ')}</div>
            </div>
          </div>
          {possible.length > 0 && (
            <Group gap={6}>
              {possible.map((act) => (
                <Button
                  key={act}
                  size="xs"
                  variant={act === 'acknowledge' ? 'filled' : 'default'}
                  loading={doing.busy}
                  onClick={() => doing.start(act, [row])}
                >
                  {t(`alarms.list.act.${act}`)}
                </Button>
              ))}
            </Group>
          )}
          <OutcomeNote acts={doing} />
          <AlarmFacts row={row} />
          <AlarmLinks row={row} />
        </Stack>
        <ResponseSheet alarm={alarm} />
        <AlarmCourse row={row} />
        <AlarmLog alarm={alarm} onOpen={onOpen} />
        {may('basic') && <Remark id={row.id} />}
        <ActDialog acts={doing} />
      </Stack>
    </RowContext>
  )
}
