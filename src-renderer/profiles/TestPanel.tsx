import { useEffect, useState } from 'react'
import { Button, Group, NumberInput, Select, Switch, Text, TextInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '#shared/api.ts'
import { isSerial, type Way } from '#shared/devices/way.ts'
import type { ProfileDocument } from '#shared/profiles/contract.ts'
import { Failed } from '../ui/Failed.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import type { TestRead } from './test-read.ts'

const registerWays = ['modbus-tcp', 'modbus-rtu-tcp', 'modbus-serial'] as const satisfies readonly Way[]
const parities = ['none', 'even', 'odd'] as const
const repeatMs = 5000

type Address = CallInput<'profiles.testRead'>['address']
type TestPanelProps = { test: TestRead; document: ProfileDocument; readable: boolean }

/** Where the device is, and what it answers now to the points of the table. */
export function TestPanel({ test, document, readable }: TestPanelProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const format = useFormat()
  const [way, setWay] = useState<(typeof registerWays)[number]>('modbus-tcp')
  const [host, setHost] = useState('')
  const [port, setPort] = useState<number | string>(502)
  const [unit, setUnit] = useState<number | string>(1)
  const [line, setLine] = useState({ baud: 19_200 as number | string, parity: 'even' as (typeof parities)[number], stop: 1 as 1 | 2 })
  const [repeat, setRepeat] = useState(false)
  const [tried, setTried] = useState(false)
  const serial = isSerial(way)
  const address: Address = {
    host: host.trim(),
    port: serial ? 0 : Number(port),
    unit: Number(unit),
    way,
    ...(serial ? { serial: { ...line, baud: Number(line.baud) } } : {}),
  }
  const ready = address.host !== '' && readable
  const start = () => {
    setTried(true)
    if (ready) test.read(address, document)
  }
  const { reading, tested, error } = test
  const wait = repeat && ready && !reading && error === null && tested !== null
  useEffect(() => {
    if (!wait) return undefined
    const timer = setTimeout(start, repeatMs)
    return () => clearTimeout(timer)
  })
  return (
    <Panel title={t('profiles.test.title')}>
      <Text size="sm" c="dimmed" mb="xs">
        {t('profiles.test.hint')}
      </Text>
      <Group gap="sm" align="flex-end">
        <Select
          label={t('profiles.test.way')}
          data={registerWays.map((value) => ({ value, label: t(`profiles.way.${value}`) }))}
          value={way}
          onChange={(next) => setWay(registerWays.find((one) => one === next) ?? 'modbus-tcp')}
          allowDeselect={false}
          w={180}
        />
        <TextInput
          label={t(serial ? 'profiles.test.serialPort' : 'profiles.test.host')}
          value={host}
          onChange={(event) => setHost(event.currentTarget.value)}
          error={tried && address.host === '' ? t('profiles.test.hostFault') : undefined}
          autoComplete="off"
          spellCheck={false}
          w={180}
        />
        {!serial && <NumberInput label={t('profiles.test.port')} value={port} onChange={setPort} min={1} max={65535} hideControls w={84} />}
        <NumberInput label={t('profiles.test.unit')} value={unit} onChange={setUnit} min={0} max={255} hideControls w={70} />
        {serial && (
          <>
            <NumberInput
              label={t('profiles.test.baud')}
              value={line.baud}
              onChange={(baud) => setLine({ ...line, baud })}
              min={300}
              hideControls
              w={96}
            />
            <Select
              label={t('profiles.test.parity')}
              data={parities.map((value) => ({ value, label: t(`profiles.parity.${value}`) }))}
              value={line.parity}
              onChange={(next) => setLine({ ...line, parity: parities.find((one) => one === next) ?? 'even' })}
              allowDeselect={false}
              w={104}
            />
            <Select
              label={t('profiles.test.stop')}
              data={['1', '2']}
              value={String(line.stop)}
              onChange={(next) => setLine({ ...line, stop: next === '2' ? 2 : 1 })}
              allowDeselect={false}
              w={92}
            />
          </>
        )}
        <Button onClick={start} loading={reading} leftSection={<IconPlayerPlay size={16} stroke={1.7} />}>
          {t('profiles.test.read')}
        </Button>
        <Switch label={t('profiles.test.repeat')} checked={repeat} onChange={(event) => setRepeat(event.currentTarget.checked)} mb={8} />
      </Group>
      {tried && !readable && (
        <Text role="alert" size="sm" mt="xs">
          {t('profiles.test.nothing')}
        </Text>
      )}
      {error !== null && <Failed told={tell(error)} />}
      {tested && error === null && (
        <Text size="sm" mt="xs" role="status">
          {t('profiles.test.result', {
            good: tested.answer.good,
            total: tested.answer.total,
            requests: tested.answer.requests,
            answer: format.milliseconds(tested.answer.answerMs),
          })}
          , {t('profiles.test.at', { time: format.timeSeconds(tested.at) })}
        </Text>
      )}
    </Panel>
  )
}
