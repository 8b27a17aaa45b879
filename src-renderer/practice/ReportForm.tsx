import { useState, type SyntheticEvent } from 'react'
import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { kindGroups, kindsIn, networkName, plantName } from '#shared/practice/kinds.ts'
import { faultKindNames, faultRow, type FaultTarget } from '#shared/simulator/faults.ts'
import { useAction } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { usePracticeWords, type Places } from './words.ts'

const targetOf: Record<string, FaultTarget> = { s: 'station', z: 'zone', n: 'node', p: 'plant' }

/** What a trainee has found: first where, then what. */
export function ReportForm({ run, places }: { run: string; places: Places | undefined }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const words = usePracticeWords()
  const report = useAction('practice.report')
  const [place, setPlace] = useState<string | null>(null)
  const [kind, setKind] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const strikes = place === null ? undefined : targetOf[place[0] ?? '']
  const fitting = faultKindNames.filter((one) => faultRow(one).target === strikes)
  const chosen = fitting.find((one) => one === kind)
  const groups = kindGroups.flatMap((group) => {
    const items = kindsIn(group).filter((one) => fitting.includes(one))
    return items.length === 0
      ? []
      : [{ group: t(`practice.group.${group}`), items: items.map((one) => ({ value: one, label: words.kind(one) })) }]
  })
  const send = (event: SyntheticEvent) => {
    event.preventDefault()
    if (place === null || !chosen) return
    report.mutate(
      { id: run, kind: chosen, target: place.slice(2), note },
      {
        onSuccess: () => {
          setPlace(null)
          setKind(null)
          setNote('')
        },
      },
    )
  }
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('practice.report.hint')}
        </Text>
        <Select
          label={t('practice.report.where')}
          placeholder={t('practice.report.choose')}
          nothingFoundMessage={t('practice.report.nothing')}
          searchable
          maxDropdownHeight={320}
          value={place}
          data={[
            {
              group: t('practice.place.stations'),
              items: (places?.stations ?? []).map(({ name, place: street }) => ({
                value: `s|${name}`,
                label: street === '' ? name : `${name} · ${street}`,
              })),
            },
            {
              group: t('practice.place.beyond'),
              items: [
                ...(places?.zones ?? []).map(({ id, name }) => ({ value: `z|${id}`, label: t('practice.place.zone', { zone: name }) })),
                { value: `n|${networkName}`, label: t('practice.place.network') },
                { value: `p|${plantName}`, label: t('practice.place.plant') },
              ],
            },
          ]}
          onChange={setPlace}
        />
        <Select
          label={t('practice.report.what')}
          placeholder={t(place === null ? 'practice.report.first' : 'practice.report.choose')}
          nothingFoundMessage={t('practice.report.nothing')}
          searchable
          disabled={place === null}
          maxDropdownHeight={320}
          value={chosen ?? null}
          data={groups}
          onChange={setKind}
        />
        <TextInput
          label={t('practice.report.note')}
          description={t('practice.report.noteHint')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {report.error && <Failed told={tell(report.error)} />}
        <Group justify="flex-end">
          <Button type="submit" loading={report.isPending} disabled={place === null || !chosen}>
            {t('practice.report.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
