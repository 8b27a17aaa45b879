import { useRef, useState } from 'react'
import { Button, SegmentedControl, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PointKind } from '#shared/devices/points-contract.ts'
import { useHost } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { Chips } from './Chips.tsx'
import { everything, questionOf } from './filter.ts'
import { FilterFields } from './FilterFields.tsx'
import { KindList } from './KindList.tsx'
import { PointList } from './PointList.tsx'
import type { Selected } from './selected.ts'
import type { SelectionPickerProps } from './SelectionPicker.tsx'
import classes from './SelectionPicker.module.css'

type Way = 'points' | 'same'

/** What stands in the drawer. Keeps the choice itself while open, so that quick ticks never wait for each other. */
export function SelectionBody({ chosen, most, onChange, onDone }: SelectionPickerProps & { onDone: () => void }) {
  const { t } = useTranslation()
  const { call } = useHost()
  const tell = useFailureText()
  const [draft, setDraft] = useState<readonly Selected[]>(chosen)
  // What is chosen now, for a question that was asked before the last tick.
  const newest = useRef(chosen)
  const [filter, setFilter] = useState(everything)
  const [way, setWay] = useState<Way>('points')
  const [taking, setTaking] = useState<{ busy: boolean; left: number; error: unknown }>({ busy: false, left: 0, error: null })
  const full = draft.length >= most
  const series = draft.map(({ point }) => point.series)

  const put = (next: readonly Selected[]) => {
    newest.current = next
    setDraft(next)
    onChange(next.map(({ point }) => point.series))
  }
  const drop = (gone: number) => {
    setTaking({ busy: false, left: 0, error: null })
    put(newest.current.filter(({ point }) => point.series !== gone))
  }
  const takeAll = async (kind: PointKind) => {
    setTaking({ busy: true, left: 0, error: null })
    try {
      const wanted = { ...questionOf(filter), point: [kind.id], is: [kind.is], limit: most + draft.length }
      const { points, total } = await call('devices.points', wanted)
      const now = newest.current
      const taken = new Set(now.map(({ point }) => point.series))
      const fresh = points.filter(({ point }) => !taken.has(point.series))
      const fitting = fresh.slice(0, most - now.length)
      put([...now, ...fitting])
      setTaking({ busy: false, left: total - (points.length - fresh.length) - fitting.length, error: null })
    } catch (error) {
      setTaking({ busy: false, left: 0, error })
    }
  }

  return (
    <>
      <Chips chosen={draft} onDrop={drop} />
      <SegmentedControl
        value={way}
        onChange={(next) => setWay(next === 'same' ? 'same' : 'points')}
        data={[
          { value: 'points', label: t('selection.points') },
          { value: 'same', label: t('selection.same') },
        ]}
        transitionDuration={0}
        fullWidth
        flex="none"
      />
      <FilterFields filter={filter} onChange={setFilter} withDevice={way === 'points'} />
      {way === 'points' ? (
        <PointList
          filter={filter}
          series={series}
          full={full}
          onToggle={(one, on) => (on ? put([...newest.current, one]) : drop(one.point.series))}
        />
      ) : (
        <KindList filter={filter} full={full} busy={taking.busy} onTake={(kind) => void takeAll(kind)} />
      )}
      {taking.error !== null && <Failed told={tell(taking.error)} />}
      <div className={classes['foot']}>
        <Text size="sm" c={full ? undefined : 'dimmed'} fw={full ? 600 : undefined} role="status">
          {t('selection.of', { count: draft.length, most })}
          {full && ` ${t('selection.full', { count: most })}`}
          {taking.left > 0 && ` ${t('selection.left', { count: taking.left })}`}
        </Text>
        <Button onClick={onDone}>{t('selection.done')}</Button>
      </div>
    </>
  )
}
