import { useState } from 'react'
import { Alert, Button, Group, Modal, NumberInput, Select, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { faultKindNames, faultRow } from '#shared/simulator/faults.ts'
import { useAction } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText, useFormat } from '../../words.ts'
import type { Town } from '../town.ts'
import { draftOf, faultyFields, kindsFor, strikeOf, targets, targetsFor, type FaultDraft } from './draft.ts'
import { useFaultWords } from '../../faults/fault-words.ts'

type StrikeDialogProps = { town: Town; station: string | null; onClose: () => void }

/** Decimals that a bound needs. */
const fine = (value: number) => (Number.isInteger(value) ? 0 : 2)

/** Breaks something: what, where, how much and for how long. */
export function StrikeDialog({ town, station, onClose }: StrikeDialogProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const words = useFaultWords()
  const format = useFormat()
  const strike = useAction('simulator.strike')
  const [draft, setDraft] = useState<FaultDraft>(() => draftOf('heatingValveStuck', town, station))
  const change = (part: Partial<FaultDraft>) => setDraft((before) => ({ ...before, ...part }))
  const { target: strikes, params } = faultRow(draft.kind)
  const wrong = faultyFields(draft)
  const send = () => strike.mutate(strikeOf(draft), { onSuccess: onClose })
  return (
    <Modal opened onClose={onClose} title={t('town.strike.title')} size="lg" transitionProps={{ duration: 0 }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (wrong.length === 0) send()
        }}
      >
        <Stack gap="md">
          <Select
            label={t('town.strike.kind')}
            searchable
            allowDeselect={false}
            maxDropdownHeight={340}
            value={draft.kind}
            data={targets.map((one) => ({
              group: t(`town.strike.group.${one}`),
              items: kindsFor(one).map((kind) => ({ value: kind, label: words.name(kind) })),
            }))}
            onChange={(value) => {
              const kind = faultKindNames.find((one) => one === value)
              if (kind) setDraft({ ...draftOf(kind, town, draft.target || station), hours: draft.hours })
            }}
          />
          <Alert variant="light" color="gray" p="sm">
            <Text size="sm">{words.text(draft.kind)}</Text>
          </Alert>
          <Select
            label={t(`town.strike.target.${strikes}`)}
            searchable
            allowDeselect={false}
            disabled={strikes === 'plant'}
            placeholder={t('town.strike.choose')}
            nothingFoundMessage={t('town.strike.nothing')}
            value={draft.target === '' ? null : draft.target}
            data={targetsFor(draft.kind, town)}
            onChange={(target) => change({ target: target ?? '' })}
          />
          {Object.entries(params).map(([name, { min, max }]) => (
            <NumberInput
              key={`${draft.kind}.${name}`}
              label={words.paramName(name)}
              description={t('town.strike.bounds', {
                min: format.number(min, fine(min)),
                max: format.number(max),
                unit: words.unit(draft.kind, name),
              })}
              suffix={` ${words.unit(draft.kind, name)}`}
              min={min}
              max={max}
              clampBehavior="none"
              decimalSeparator={format.separators[0] ?? '.'}
              value={draft.params[name] ?? ''}
              error={wrong.includes(name) ? t('town.strike.outside') : undefined}
              onChange={(value) => change({ params: { ...draft.params, [name]: value } })}
            />
          ))}
          <NumberInput
            label={t('town.strike.hours')}
            description={t('town.strike.hoursHint')}
            suffix=" h"
            min={0}
            max={8784}
            clampBehavior="none"
            decimalSeparator={format.separators[0] ?? '.'}
            value={draft.hours}
            error={wrong.includes('hours') ? t('town.strike.hoursOutside') : undefined}
            onChange={(hours) => change({ hours })}
          />
          {strike.error && <Failed told={tell(strike.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={strike.isPending} disabled={wrong.length > 0}>
              {t('town.strike.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
