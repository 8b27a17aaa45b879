import { Text } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { decimals, units } from '#shared/units.ts'
import { useCall } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Sparkline } from '../ui/Sparkline.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { checkInput, type FormulaDraft } from './draft.ts'
import { useFormulaWords } from './words.ts'

const hours = 24
const height = 96

/** What a formula would have given on each quarter hour of the last day. */
export function TestPanel({ draft }: { draft: FormulaDraft }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const words = useFormulaWords()
  const format = useFormat()
  const { ref, width } = useElementSize()
  const { data, error, refetch } = useCall('virtual.test', { ...checkInput(draft), hours }, { keep: true })
  const number = (value: number) => `${format.number(value, decimals[draft.is])}\u00a0${units[draft.is]}`.trim()
  const known = (data?.value ?? []).filter((one) => one !== null)
  const missing = (data?.value.length ?? 0) - known.length
  return (
    <Panel title={t('virtual.test')}>
      {error && <Failed told={tell(error)} onRetry={() => void refetch()} />}
      {!data && !error && <Loading rows={1} height={height} />}
      {data && (
        <div ref={ref} data-test-values={known.length}>
          {known.length === 0 ? (
            <Text size="sm">{t('virtual.testNothing')}</Text>
          ) : (
            <>
              <Sparkline
                at={data.at}
                value={data.value}
                from={data.at[0] ?? 0}
                to={data.at.at(-1) ?? 1}
                width={Math.max(120, Math.floor(width))}
                height={height}
              />
              <Text size="sm">
                {t('virtual.testRange', {
                  low: number(Math.min(...known)),
                  high: number(Math.max(...known)),
                  last: number(known.at(-1) as number),
                })}
              </Text>
            </>
          )}
          {missing > 0 && (
            <Text size="sm" mt={4}>
              {t('virtual.testMissing', { count: missing })}
            </Text>
          )}
          {data.reasons.slice(0, 5).map((reason) => (
            <Text key={`${reason.code} ${reason.series} ${reason.at}`} size="sm" c="dimmed">
              {reason.times} × {words.reason(reason)}
            </Text>
          ))}
        </div>
      )}
    </Panel>
  )
}
