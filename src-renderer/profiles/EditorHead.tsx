import { Alert, Button, Group, MultiSelect, Select, SimpleGrid, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/Panel.tsx'
import { missingIn, type Draft, type Head } from './draft.ts'

const proofs = ['field', 'table', 'unverified'] as const
const firsts = ['0', '1', '40001'] as const
const mostKeys = 8

type EditorHeadProps = { draft: Draft; ids: readonly string[]; tried: boolean; onChange: (change: Partial<Draft>) => void }

/** Whose device it is, where its numbers come from, and how it is to be asked. */
export function EditorHead({ draft, ids, tried, onChange }: EditorHeadProps) {
  const { t } = useTranslation()
  const { head, rest, key } = draft
  const missing = missingIn(head)
  const set = (change: Partial<Head>) => onChange({ head: { ...head, ...change } })
  const recognised = Object.keys(rest.detect).length > 0
  const field = (name: keyof Head, label: string, hint?: string) => ({
    label,
    description: hint,
    value: head[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
    error: tried && missing.has(name) ? t('profiles.cellFault.missing') : undefined,
  })
  return (
    <Panel>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm">
        <TextInput {...field('maker', t('profiles.edit.maker'))} />
        <TextInput {...field('model', t('profiles.edit.model'))} />
        <TextInput {...field('name', t('profiles.edit.name'), t('profiles.edit.nameHint'))} inputWrapperOrder={order} />
        <TextInput {...field('title', t('profiles.edit.about'))} />
        <Textarea {...field('source', t('profiles.edit.source'), t('profiles.edit.sourceHint'))} autosize inputWrapperOrder={order} />
        <Select
          label={t('profiles.edit.proven')}
          data={proofs.map((value) => ({ value, label: t(`profiles.proof.${value}`) }))}
          value={head.proven}
          onChange={(proven) => set({ proven: proven ?? 'table' })}
          allowDeselect={false}
        />
        <Select
          label={t('profiles.edit.first')}
          data={firsts.map((value) => ({ value, label: t(`profiles.edit.first${value}`) }))}
          value={head.first}
          onChange={(first) => set({ first: first ?? '0' })}
          allowDeselect={false}
        />
        <TextInput {...field('functions', t('profiles.edit.functions'), t('profiles.edit.functionsHint'))} inputWrapperOrder={order} />
        <Group grow align="flex-end">
          <TextInput {...field('block', t('profiles.edit.block'))} inputMode="numeric" />
          <TextInput {...field('gap', t('profiles.edit.gap'))} inputMode="numeric" />
        </Group>
        <MultiSelect
          label={t('profiles.edit.keys')}
          description={t('profiles.edit.keysHint')}
          inputWrapperOrder={order}
          data={[...ids]}
          value={key.filter((id) => ids.includes(id))}
          onChange={(next) => onChange({ key: next })}
          maxValues={mostKeys}
          limit={30}
          searchable
        />
      </SimpleGrid>
      {recognised && (
        <Alert mt="sm" color="gray" variant="light">
          <Group justify="space-between">
            {t('profiles.edit.detect')}
            <Button size="xs" variant="default" onClick={() => onChange({ rest: byHand(rest) })}>
              {t('profiles.edit.forget')}
            </Button>
          </Group>
        </Alert>
      )}
    </Panel>
  )
}

const order = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[]

function byHand({ variants: _variants, plausible: _plausible, fallback: _fallback, ...rest }: Draft['rest']): Draft['rest'] {
  return { ...rest, detect: {} }
}
