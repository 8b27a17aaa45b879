import { useState, type SyntheticEvent } from 'react'
import { Button, Group, Select, Stack, TagsInput, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Gateway } from '#shared/ingest/contract.ts'
import { useAction } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { zones } from './zones.ts'

const lists = ['member', 'time', 'key', 'value', 'skip'] as const

/** Which fields of the messages mean what. */
export function FormatForm({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const save = useAction('ingest.changeGateway')
  const [draft, setDraft] = useState(gateway.format)
  const changed = JSON.stringify(draft) !== JSON.stringify(gateway.format)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    save.mutate({ id: gateway.id, format: draft })
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={640}>
        <Text size="sm" c="dimmed">
          {t('ingest.formatNote')}
        </Text>
        {lists.map((list) => (
          <TagsInput
            key={list}
            label={t(`ingest.format.${list}.title`)}
            description={t(`ingest.format.${list}.hint`)}
            value={draft[list]}
            maxTags={20}
            onChange={(names) => setDraft({ ...draft, [list]: names })}
          />
        ))}
        <Select
          label={t('ingest.zone')}
          description={t('ingest.zoneHint')}
          data={zones(draft.zone)}
          value={draft.zone}
          onChange={(zone) => zone && setDraft({ ...draft, zone })}
          searchable
          allowDeselect={false}
        />
        {save.error && <Failed told={tell(save.error)} />}
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!changed}>
            {t('save')}
          </Button>
          {save.isSuccess && !changed && (
            <Text size="sm" c="dimmed" role="status">
              {t('saved')}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  )
}
