import type { ReactNode, Ref } from 'react'
import { Button, CloseButton, Group, Select, TextInput, UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { priorities } from '#shared/alarms/priority.ts'
import { alarmKinds } from '#shared/alarms/rule.ts'
import { openStates } from '#shared/alarms/state.ts'
import type { Address } from '../../address.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { useAlarmWords } from '../words.ts'
import { isNarrow, noFilter, toggled, type Filter, type View } from './choice.ts'
import classes from './FilterBar.module.css'

type FilterBarProps = {
  field: Ref<HTMLInputElement>
  view: View
  filter: Filter
  /** Names of what the address narrows the list to by number. */
  named: { rule: string | null; device: string | null }
  onChange: (words: Address) => void
  children?: ReactNode
}

/** Narrows the list: words, priorities, state and kind; all of it stands in the address bar. */
export function FilterBar({ field, view, filter, named, onChange, children }: FilterBarProps) {
  const { t } = useTranslation()
  const words = useAlarmWords()
  return (
    <Group gap={8} mb={10}>
      <TextInput
        ref={field}
        type="search"
        className={classes['field'] ?? ''}
        placeholder={t('alarms.list.filter.words')}
        aria-label={t('alarms.list.filter.words')}
        aria-keyshortcuts="/"
        value={filter.words}
        onChange={(event) => onChange({ q: event.currentTarget.value || undefined })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          if (filter.words === '') event.currentTarget.blur()
          else onChange({ q: undefined })
        }}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        rightSection={
          filter.words === '' ? null : <CloseButton size="sm" aria-label={t('clear')} onClick={() => onChange({ q: undefined })} />
        }
      />
      <div className={classes['priorities']} role="group" aria-label={t('alarms.list.filter.priority')}>
        {priorities.map((priority) => (
          <UnstyledButton
            key={priority}
            className={classes['priority']}
            aria-pressed={filter.priorities.includes(priority)}
            aria-label={words.priority(priority)}
            title={words.priority(priority)}
            onClick={() => onChange({ priority: toggled(filter.priorities, priority) })}
          >
            <PriorityMark priority={priority} hidden />
          </UnstyledButton>
        ))}
      </div>
      {view === 'open' && (
        <Select
          className={classes['choice'] ?? ''}
          clearable
          placeholder={t('alarms.list.filter.state')}
          aria-label={t('alarms.list.filter.state')}
          data={openStates.map((value) => ({ value, label: words.state(value) }))}
          value={filter.state}
          onChange={(state) => onChange({ state: state ?? undefined })}
        />
      )}
      {view !== 'history' && (
        <Select
          className={classes['choice'] ?? ''}
          clearable
          placeholder={t('alarms.list.filter.kind')}
          aria-label={t('alarms.list.filter.kind')}
          data={alarmKinds.map((value) => ({ value, label: words.kind(value) }))}
          value={filter.kind}
          onChange={(kind) => onChange({ kind: kind ?? undefined })}
        />
      )}
      {filter.rule !== null && (
        <Pinned label={t('alarms.list.filter.rule', { name: named.rule ?? filter.rule })} onClear={() => onChange({ rule: undefined })} />
      )}
      {filter.device !== null && (
        <Pinned
          label={t('alarms.list.filter.device', { name: named.device ?? filter.device })}
          onClear={() => onChange({ device: undefined })}
        />
      )}
      {isNarrow(filter) && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(noFilter)}>
          {t('alarms.list.filter.none')}
        </Button>
      )}
      {children && <span className={classes['end']}>{children}</span>}
    </Group>
  )
}

function Pinned({ label, onClear }: { label: string; onClear: () => void }) {
  const { t } = useTranslation()
  return (
    <span className={classes['pinned']}>
      {label}
      <CloseButton size="xs" aria-label={t('clear')} onClick={onClear} />
    </span>
  )
}
