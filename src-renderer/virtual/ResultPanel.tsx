import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CheckedFormula } from '#shared/virtual/contract.ts'
import { decimals, units, type Quantity } from '#shared/units.ts'
import { useNow, useReadings } from '../host.ts'
import { usePointNames } from '../point-names.ts'
import { Panel } from '../ui/Panel.tsx'
import { Value } from '../ui/Value.tsx'
import { face } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import { useFormulaWords } from './words.ts'
import classes from './Virtual.module.css'

const staleMs = 31 * 60_000

/** What a formula gives now, and what each of its points says. */
export function ResultPanel({ checked, is }: { checked: CheckedFormula; is: Quantity }) {
  const { t } = useTranslation()
  const words = useFormulaWords()
  const { result, inputs, inputCount } = checked
  const shown = useFaces()
  // Looked at, the points are read every ten seconds, and the result with them.
  const reading = useReadings(inputs.map(({ series }) => series))
  const names = usePointNames()
  return (
    <Panel title={t('virtual.now')}>
      {result === null ? (
        <Text size="sm">{t('virtual.nowPast')}</Text>
      ) : (
        <div className={classes['result']} data-result>
          <Value face={shown(is, { value: result.value, quality: result.quality, at: result.at ?? 0 })} age={null} />
        </div>
      )}
      {result?.reason && (
        <Text size="sm" data-reason={result.reason.code}>
          {words.reason(result.reason)}
        </Text>
      )}
      <table className={classes['inputs']}>
        <tbody>
          {inputs.map(({ series, back, deviceName, point, title, is: kind }) => (
            <tr key={`${series} ${back}`}>
              <td>
                {deviceName}: {names.full({ id: point, title })}
                {back > 0 && ` (${t('virtual.before', { minutes: back * 15 })})`}
              </td>
              <td>{back > 0 ? null : <Value face={shown(kind, reading(series))} age={null} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {inputCount > inputs.length && <Text size="sm">{t('virtual.moreInputs', { count: inputCount - inputs.length })}</Text>}
    </Panel>
  )
}

function useFaces() {
  const now = useNow()
  const format = useFormat()
  const state = useLookup('values')
  return (is: Quantity, reading: Parameters<typeof face>[1]) =>
    face(
      { is, unit: units[is], decimals: decimals[is], values: is === 'state' ? { '0': 'off', '1': 'on' } : null, off: null },
      reading,
      now,
      format,
      { off: '', name: state },
      staleMs,
    )
}
