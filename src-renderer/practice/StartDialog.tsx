import { useState, type SyntheticEvent } from 'react'
import { Button, Group, Modal, MultiSelect, NumberInput, Radio, Select, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '#shared/api.ts'
import { freeExercise, mostFaults } from '#shared/practice/contract.ts'
import { kindGroups, kindsIn } from '#shared/practice/kinds.ts'
import type { FaultKind } from '#shared/simulator/faults.ts'
import { useAction } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import type { Exercise } from './ExerciseList.tsx'
import { usePracticeWords } from './words.ts'

const paces = [1, 10, 30, 60, 120, 180, 360, 600]
const hourMs = 3_600_000
const free = { hours: 24, speed: 120, count: 3 }

/** Who looks for the faults, how fast the town lives, and what a free exercise consists of. */
export function StartDialog({ exercise, onClose }: { exercise: Exercise | null; onClose: () => void }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const words = usePracticeWords()
  const start = useAction('practice.start')
  const [alone, setAlone] = useState(true)
  const [speed, setSpeed] = useState(exercise?.speed ?? free.speed)
  const [hours, setHours] = useState<number | string>(exercise?.hours ?? free.hours)
  const [count, setCount] = useState<number | string>(free.count)
  const [kinds, setKinds] = useState<FaultKind[]>([])
  const limit = typeof hours === 'number' ? hours * hourMs : 0
  const own: Partial<CallInput<'practice.start'>> = { hours: Number(hours), count: Number(count), ...(kinds.length > 0 ? { kinds } : {}) }
  const begin = (event: SyntheticEvent) => {
    event.preventDefault()
    start.mutate({ exercise: exercise?.id ?? freeExercise, alone, speed, ...(exercise ? {} : own) }, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.title(exercise?.id ?? freeExercise)}
      size="lg"
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <form onSubmit={begin}>
        <Stack gap="md">
          <Text>{words.story(exercise?.id ?? freeExercise)}</Text>
          {!exercise && (
            <>
              <MultiSelect
                label={t('practice.free.kinds')}
                description={t('practice.free.kindsHint')}
                searchable
                clearable
                hidePickedOptions
                maxDropdownHeight={300}
                value={kinds}
                data={kindGroups.map((group) => ({
                  group: t(`practice.group.${group}`),
                  items: kindsIn(group).map((kind) => ({ value: kind, label: words.kind(kind) })),
                }))}
                onChange={(values) => setKinds(kindGroups.flatMap(kindsIn).filter((kind) => values.includes(kind)))}
              />
              <Group grow align="flex-start">
                <NumberInput
                  label={t('practice.free.count')}
                  value={count}
                  min={1}
                  max={mostFaults}
                  allowDecimal={false}
                  onChange={setCount}
                />
                <NumberInput label={t('practice.free.hours')} suffix=" h" value={hours} min={1} max={720} onChange={setHours} />
              </Group>
            </>
          )}
          <Radio.Group label={t('practice.who.label')} value={alone ? 'alone' : 'class'} onChange={(value) => setAlone(value === 'alone')}>
            <Stack gap="sm" mt="xs">
              <Radio value="alone" label={t('practice.who.alone')} description={t('practice.who.aloneHint')} />
              <Radio value="class" label={t('practice.who.class')} description={t('practice.who.classHint')} />
            </Stack>
          </Radio.Group>
          {!alone && exercise && (
            <Text size="sm" c="dimmed">
              {exercise.faults === 0
                ? t('practice.contents.none')
                : t('practice.contents.some', { count: exercise.faults, kinds: exercise.kinds.map(words.kind).join(', ') })}
            </Text>
          )}
          <Select
            label={t('practice.speed')}
            description={limit > 0 ? t('practice.length', { town: words.span(limit), here: words.here(limit, speed) }) : undefined}
            allowDeselect={false}
            value={String(speed)}
            data={[...new Set([...paces, speed])].toSorted((a, b) => a - b).map((one) => ({ value: String(one), label: words.pace(one) }))}
            onChange={(value) => setSpeed(Number(value))}
          />
          {start.error && <Failed told={tell(start.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={start.isPending} disabled={typeof hours !== 'number' || typeof count !== 'number'}>
              {t('practice.begin')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
