import { useState, type SyntheticEvent } from 'react'
import { Button, Checkbox, Group, NativeSelect, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { units } from '#shared/units.ts'
import { useAction, useCall } from '../host.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { Failed } from '../ui/Failed.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText } from '../words.ts'
import { FormulaField } from './FormulaField.tsx'
import { ResultPanel } from './ResultPanel.tsx'
import { TestPanel } from './TestPanel.tsx'
import { checkInput, isWhole, quantities, type FormulaDraft } from './draft.ts'
import classes from './Virtual.module.css'

const settleMs = 250
const everyMs = 10_000

/** A formula with what is wrong with it, what it gives now and what it gave yesterday, while it is typed. */
export function Editor({ start }: { start: FormulaDraft }) {
  const { t } = useTranslation()
  const router = useRouter()
  const tell = useFailureText()
  const devices = useCall('devices.list', {})
  const [draft, setDraft] = useState(start)
  const [settled] = useDebouncedValue(draft, settleMs)
  const asked = settled.text.trim() !== ''
  const {
    data: checked,
    error,
    isPlaceholderData,
  } = useCall('virtual.check', checkInput(settled), { enabled: asked, every: everyMs, keep: true })
  const save = useAction('virtual.save')
  const change = useAction('virtual.change')
  const put = (part: Partial<FormulaDraft>) => setDraft((before) => ({ ...before, ...part }))
  const fault = asked && checked && !isPlaceholderData ? checked.fault : null
  const sound = asked && checked?.fault === null && !isPlaceholderData && settled === draft
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const { id: _id, device: _device, ...input } = checkInput(draft)
    const onSuccess = () => void router.navigate({ to: '/virtual' })
    if (draft.id !== null) change.mutate({ ...input, id: draft.id, name: draft.name }, { onSuccess })
    else
      save.mutate(
        { ...input, name: draft.name, ...(draft.device === '' ? { newDevice: draft.newDevice } : { device: draft.device }) },
        { onSuccess },
      )
  }
  const failure = save.error ?? change.error ?? error
  return (
    <form onSubmit={submit} noValidate>
      <PageTop title={draft.id === null ? t('virtual.add') : t('virtual.editOf', { name: start.name })} note={t('virtual.editorHint')}>
        <ButtonLink to="/virtual" variant="default">
          {t('cancel')}
        </ButtonLink>
        <Button type="submit" disabled={!sound || !isWhole(draft)} loading={save.isPending || change.isPending}>
          {t('save')}
        </Button>
      </PageTop>
      {failure && <Failed told={tell(failure)} />}
      <div className={classes['editor']}>
        <Panel>
          <Stack gap="md">
            <TextInput
              label={t('virtual.name')}
              maxLength={80}
              value={draft.name}
              onChange={({ currentTarget }) => put({ name: currentTarget.value })}
              data-autofocus
            />
            {draft.id === null && (
              <Select
                label={t('virtual.device')}
                description={t('virtual.deviceHint')}
                data={[
                  { value: '', label: t('virtual.ownDevice') },
                  ...(devices.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
                ]}
                value={draft.device}
                onChange={(device) => put({ device: device ?? '' })}
                searchable
                allowDeselect={false}
              />
            )}
            {draft.id === null && draft.device === '' && (
              <TextInput
                label={t('virtual.newDevice')}
                maxLength={80}
                value={draft.newDevice}
                onChange={({ currentTarget }) => put({ newDevice: currentTarget.value })}
              />
            )}
            <NativeSelect
              label={t('virtual.is')}
              description={draft.id === null ? undefined : t('virtual.isFixed')}
              disabled={draft.id !== null}
              value={draft.is}
              data={quantities.map((is) => ({ value: is, label: [t(`virtual.quantity.${is}`), units[is]].filter(Boolean).join(', ') }))}
              onChange={({ currentTarget }) => put({ is: quantities.find((is) => is === currentTarget.value) ?? draft.is })}
            />
            <FormulaField text={draft.text} fault={fault} checkedText={settled.text} onChange={(text) => put({ text })} />
            <Checkbox
              label={t('virtual.trusting', { unit: units[draft.is] || t(`virtual.quantity.${draft.is as (typeof quantities)[number]}`) })}
              description={t('virtual.trustingHint')}
              checked={draft.trusting}
              onChange={({ currentTarget }) => put({ trusting: currentTarget.checked })}
            />
            <NumberInput
              label={t('virtual.share')}
              description={t('virtual.shareHint')}
              suffix=" %"
              min={1}
              max={100}
              allowDecimal={false}
              value={draft.share}
              onChange={(share) => put({ share })}
              maw={320}
            />
            <Group>
              <ButtonLink to="/help/$page" params={{ page: 'virtual' }} variant="subtle" size="compact-sm" target="_blank">
                {t('virtual.help')}
              </ButtonLink>
            </Group>
          </Stack>
        </Panel>
        <div className={classes['side']}>
          {asked && checked && checked.fault === null ? (
            <>
              <ResultPanel checked={checked} is={settled.is} />
              <TestPanel draft={settled} />
            </>
          ) : (
            <Panel title={t('virtual.now')}>
              <Text size="sm" c="dimmed">
                {t(fault ? 'virtual.nowFaulty' : 'virtual.nowEmpty')}
              </Text>
            </Panel>
          )}
        </div>
      </div>
    </form>
  )
}
