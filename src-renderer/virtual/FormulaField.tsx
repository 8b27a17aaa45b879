import { useRef, useState } from 'react'
import { Group, Stack, Text, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FormulaFault } from '#shared/virtual/fault.ts'
import { pointWords } from '#shared/virtual/references.ts'
import { useCall, useHost } from '../host.ts'
import { SelectionPicker } from '../selection/SelectionPicker.tsx'
import { useSelected, wordsOf } from '../selection/selected.ts'
import { inserted } from './draft.ts'
import { useFormulaWords } from './words.ts'
import classes from './Virtual.module.css'

type FormulaFieldProps = {
  text: string
  fault: FormulaFault | null
  /** The text that the fault was found in. */
  checkedText: string
  onChange: (text: string) => void
}

/** Around a fault so many characters are shown. */
const around = 120

/** The text of a formula, points put in from a list, and what is wrong where. */
export function FormulaField({ text, fault, checkedText, onChange }: FormulaFieldProps) {
  const { t } = useTranslation()
  const host = useHost()
  const words = useFormulaWords()
  const field = useRef<HTMLTextAreaElement>(null)
  const devices = useCall('devices.list', {})
  const [picked, setPicked] = useState<number[]>([])
  const { chosen } = useSelected(wordsOf(picked))
  const known = (devices.data ?? []).reduce((names, { name }) => names.set(name, (names.get(name) ?? 0) + 1), new Map<string, number>())

  const insert = async (series: number[]) => {
    const fresh = series.filter((one) => !picked.includes(one))
    setPicked(series)
    if (fresh.length === 0) return
    const { points } = await host.call('devices.points', { series: fresh, limit: 1000 })
    const said = points.map(
      ({ device, deviceName, point }) => `[${pointWords(known.get(deviceName) === 1 ? deviceName : device, point.id)}]`,
    )
    const at = field.current
    const next = inserted(text, at?.selectionStart ?? text.length, at?.selectionEnd ?? text.length, said.join(', '))
    onChange(next.text)
    requestAnimationFrame(() => at?.setSelectionRange(next.cursor, next.cursor))
  }

  return (
    <Stack gap="xs">
      <Textarea
        ref={field}
        label={t('virtual.formula')}
        description={t('virtual.formulaHint')}
        autosize
        minRows={3}
        maxRows={14}
        value={text}
        error={fault !== null}
        spellCheck={false}
        autoCapitalize="off"
        classNames={{ input: classes['area'] ?? '' }}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {fault && (
        <div role="alert" data-fault={fault.code}>
          <Marked text={checkedText} at={fault.at} length={fault.length} />
          <Text size="sm" fw={600}>
            {words.fault(fault)}
          </Text>
        </div>
      )}
      <Group gap="xs">
        <SelectionPicker chosen={chosen} most={1000} onChange={(series) => void insert(series)} />
        <Text size="sm" c="dimmed">
          {t('virtual.insertHint')}
        </Text>
      </Group>
    </Stack>
  )
}

/** The neighbourhood of a place in the text, with the place marked. */
function Marked({ text, at, length }: { text: string; at: number; length: number }) {
  const end = Math.min(text.length, at + Math.max(1, length))
  const from = Math.max(0, at - around)
  const to = Math.min(text.length, end + around)
  return (
    <p className={classes['marked']}>
      {from > 0 && '…'}
      {text.slice(from, at)}
      <mark>{text.slice(at, end) || '\u00a0'}</mark>
      {text.slice(end, to)}
      {to < text.length && '…'}
    </p>
  )
}
