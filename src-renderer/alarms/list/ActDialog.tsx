import { useState } from 'react'
import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { usualShelfMinutes } from '#shared/alarms/contract.ts'
import { priorities } from '#shared/alarms/priority.ts'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText, useFormat } from '../../words.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { useAlarmWords } from '../words.ts'
import { shelfTimes } from './shelf-times.ts'
import type { Acts, Asked } from './use-acts.ts'
import classes from './Dialog.module.css'

const named = 6
const untilClear = 'clear'

/** Says how many alarms and which, and asks for the words and the time that are needed, before anything happens. */
export function ActDialog({ acts }: { acts: Acts }) {
  if (!acts.asked) return null
  return <Asking key={acts.asked.rows.map(({ id }) => id).join()} acts={acts} asked={acts.asked} />
}

function Asking({ acts, asked }: { acts: Acts; asked: Asked }) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const { act, rows } = asked
  const [text, setText] = useState('')
  const times = shelfTimes(rows.map(({ priority }) => priority))
  const [time, setTime] = useState(String(times.includes(usualShelfMinutes) ? usualShelfMinutes : times[0]))
  const critical = act === 'acknowledge' && rows.some(({ priority }) => priority === 'critical')
  const asksWords = act === 'acknowledge' || act === 'shelve' || act === 'remove'
  const needsWords = critical || act === 'shelve' || act === 'remove'
  const ready = !needsWords || text.trim() !== ''
  const submit = () => {
    if (ready && !acts.busy)
      acts.confirm(asked, { text: text.trim(), minutes: act === 'shelve' && time !== untilClear ? Number(time) : null })
  }
  const label = critical
    ? t('alarms.list.ask.commentNeeded')
    : act === 'acknowledge'
      ? t('alarms.list.ask.comment')
      : t('alarms.list.ask.reason')
  return (
    <Modal
      opened
      onClose={acts.cancel}
      title={t(`alarms.list.ask.${act}`, { count: rows.length })}
      centered
      transitionProps={{ duration: 0 }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <Stack gap="md">
          <Which asked={asked} />
          {act === 'shelve' && (
            <Select
              label={t('alarms.list.ask.time')}
              description={t('alarms.list.ask.timeHint', { longest: format.duration((times.at(-1) ?? 0) * 60) })}
              data={[
                ...times.map((minutes) => ({ value: String(minutes), label: format.duration(minutes * 60) })),
                { value: untilClear, label: t('alarms.list.ask.untilClear') },
              ]}
              value={time}
              onChange={(next) => setTime(next ?? time)}
              allowDeselect={false}
            />
          )}
          {asksWords && (
            <Textarea
              label={label}
              required={needsWords}
              autosize
              minRows={2}
              maxLength={500}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
              }}
              data-autofocus
            />
          )}
          {acts.error && <Failed told={tell(acts.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={acts.cancel}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={!ready} loading={acts.busy} data-autofocus={!asksWords || undefined}>
              {t(`alarms.list.act.${act}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Which({ asked: { rows } }: { asked: Asked }) {
  const { t } = useTranslation()
  const words = useAlarmWords()
  const counts = priorities
    .map((priority) => ({ priority, count: rows.filter((row) => row.priority === priority).length }))
    .filter(({ count }) => count > 0)
  return (
    <Stack gap={6}>
      {rows.length > 1 && (
        <Group gap="md">
          {counts.map(({ priority, count }) => (
            <span key={priority} className={classes['count']}>
              <PriorityMark priority={priority} size={18} />
              {count}
            </span>
          ))}
        </Group>
      )}
      <ul className={classes['which']}>
        {rows.slice(0, named).map((row) => (
          <li key={row.id}>{words.line(row)}</li>
        ))}
      </ul>
      {rows.length > named && (
        <Text size="sm" c="dimmed">
          {t('alarms.list.ask.more', { count: rows.length - named })}
        </Text>
      )}
    </Stack>
  )
}
