import { Button, SimpleGrid, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { wayOf } from '#shared/acquisition/address.ts'
import { useHost } from '../host.ts'
import { Facts } from '../ui/Facts.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { Panel } from '../ui/Panel.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { LineCauses } from './LineCauses.tsx'
import { LineMessages } from './LineMessages.tsx'
import { LineSpread } from './LineSpread.tsx'
import { LineUnits } from './LineUnits.tsx'
import { useLineName } from './line-name.ts'
import { useLine } from './use-line.ts'

/** What passes on one line, how its devices answer, and what is probably wrong with it. */
export function LineScreen() {
  const { device = '' } = useParams({ strict: false })
  // Another line begins with an empty log.
  return <LineDoctor key={device} device={device} />
}

function LineDoctor({ device }: { device: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const nameOf = useLineName()
  const { line, messages, lost, error } = useLine(device)
  if (!line) return error ? <Failed told={tell(error)} centred /> : <Loading rows={8} />
  const { address, units, load, reconnects } = line
  const total = (key: 'requests' | 'failures' | 'exceptions') => format.number(units.reduce((sum, unit) => sum + unit[key], 0))
  return (
    <Stack gap="md">
      <PageTop title={t('doctor.title')} note={nameOf(address)}>
        <AskAll devices={units.map((unit) => unit.device)} />
      </PageTop>
      {error && <Failed told={tell(error)} />}
      <LineCauses causes={line.causes} />
      <LineUnits units={units} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title={t('doctor.figures')}>
          <Facts
            rows={[
              [t('doctor.requests'), total('requests')],
              [t('doctor.failures'), total('failures')],
              [t('doctor.exceptions'), total('exceptions')],
              [t('doctor.reconnects'), format.number(reconnects)],
              [t('doctor.load'), load === null ? '–' : `${format.number(load * 100)} %`],
            ]}
          />
        </Panel>
        <LineSpread units={units} />
      </SimpleGrid>
      <LineMessages
        messages={messages}
        lost={lost}
        way={wayOf(address)}
        name={`${address.host} ${address.port}`.replaceAll(/[^\w.]+/g, '-')}
      />
    </Stack>
  )
}

/** Asks each device for something at once, so that there is something to be seen on a line that rests. */
function AskAll({ devices }: { devices: readonly string[] }) {
  const { t } = useTranslation()
  const { call } = useHost()
  const tell = useFailureText()
  const ask = useMutation({ mutationFn: () => Promise.all(devices.map((device) => call('acquisition.tryNow', { device }))) })
  return (
    <>
      {ask.error && (
        <Text size="sm" role="alert">
          {tell(ask.error).title}
        </Text>
      )}
      <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate()}>
        {t('doctor.ask')}
      </Button>
    </>
  )
}
