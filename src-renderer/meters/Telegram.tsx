import { Alert, Badge, Code, Group, Spoiler, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TelegramView } from '#shared/meters/telegram-view.ts'
import { Facts } from '../ui/Facts.tsx'
import { useFormat } from '../words.ts'
import { useMeterWords } from './meter-words.ts'
import classes from './MeterTable.module.css'

type Row = TelegramView['records'][number]

/** A whole answer of a meter: who it is, how it is, each record, and the bytes as they came. */
export function Telegram({ telegram }: { telegram: TelegramView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useMeterWords()
  const { identity, status, clock, records, raw } = telegram
  return (
    <Stack gap="sm">
      <Facts
        rows={[
          [t('meters.serial'), identity.serial],
          [t('meters.maker'), identity.maker],
          [t('meters.mediumName'), words.medium(identity.medium)],
          [t('meters.version'), identity.version],
          [t('meters.address'), telegram.address],
          [t('meters.read'), format.dateTime(telegram.at)],
          [t('meters.clock'), clock?.replace('T', ' ') ?? null],
        ]}
      />
      <Group gap="xs">
        {status.length === 0 ? (
          <Text size="sm">{t('meters.status.fine')}</Text>
        ) : (
          status.map((word) => (
            <Badge key={word} color={word === 'maker' ? 'gray' : 'orange'} variant="light">
              {t(`meters.status.${word}`)}
            </Badge>
          ))
        )}
      </Group>
      {!telegram.complete && <Alert color="orange">{t('meters.incomplete')}</Alert>}
      <div className={classes['records']}>
        <Table fz="sm" withRowBorders verticalSpacing={4} data-records>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('meters.record.place')}</Table.Th>
              <Table.Th>{t('meters.record.quantity')}</Table.Th>
              <Table.Th ta="right">{t('meters.record.value')}</Table.Th>
              <Table.Th>{t('meters.record.where')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {records.map((record) => (
              <Table.Tr key={record.place} title={record.bytes}>
                <Table.Td>{record.place}</Table.Td>
                <Table.Td>{[words.quantity(record.quantity), record.maker].filter(Boolean).join(' ')}</Table.Td>
                <Table.Td ta="right">
                  <RecordValue record={record} />
                </Table.Td>
                <Table.Td>
                  <Where record={record} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Spoiler maxHeight={44} showLabel={t('meters.raw.show')} hideLabel={t('meters.raw.hide')}>
        {raw.map((part, i) => (
          <Code key={i} block className={classes['raw']}>
            {part}
          </Code>
        ))}
      </Spoiler>
    </Stack>
  )
}

function RecordValue({ record: { value, absent, unit } }: { record: Row }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (value === null)
    return (
      <Text span c="dimmed">
        {t(`meters.absent.${absent as 'empty'}`, { defaultValue: absent ?? '–' })}
      </Text>
    )
  const text = typeof value === 'number' ? format.number(value, Math.min(6, decimalsIn(value))) : value.replace('T', ' ')
  return <>{[text, unit].filter(Boolean).join(' ')}</>
}

function decimalsIn(value: number): number {
  return String(Number(value.toPrecision(9))).split('.')[1]?.length ?? 0
}

/** Which moment, tariff and part of the meter the record is of, as far as it is not simply now. */
function Where({ record }: { record: Row }) {
  const { t } = useTranslation()
  const parts = [
    record.function === 'instant' ? null : t(`meters.record.${record.function}`),
    record.storage > 0 ? t('meters.record.storage', { number: record.storage }) : null,
    record.tariff > 0 ? t('meters.record.tariff', { number: record.tariff }) : null,
    record.subunit > 0 ? t('meters.record.subunit', { number: record.subunit }) : null,
    ...record.notes,
  ]
  return <>{parts.filter(Boolean).join(' · ')}</>
}
