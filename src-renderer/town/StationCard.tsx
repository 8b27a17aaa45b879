import { Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { PriorityMark } from '../alarms/PriorityMark.tsx'
import type { OpenOf } from '../alarm-marks/by-device.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { useFormat } from '../words.ts'
import { Figures } from './Figures.tsx'
import { HouseDrawing } from './house/HouseDrawing.tsx'
import { hourAt } from './house/sky.ts'
import { ReturnMark } from './ReturnMark.tsx'
import { leastFlow, type Picture, type StationNow, type Town, type TownStation } from './town.ts'
import { useTownWords } from './words.ts'

type StationCardProps = { town: Town; picture: Picture; station: TownStation; now: StationNow; open: OpenOf | undefined; named: boolean }

/** A house: how it looks, where it stands, and what is true in it at this moment. `named`: no title stands above. */
export function StationCard({ town, picture, station, now, open, named }: StationCardProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { value, celsius, power, zone } = useTownWords()
  const isStill = now.flow < leastFlow
  const size = station.kind === 'dwelling' ? t('town.station.flats', { count: station.flats }) : null
  return (
    <Stack gap="sm" data-station-card={station.name}>
      <HouseDrawing
        kind={station.kind}
        flats={station.flats}
        seed={station.seed}
        hour={hourAt(picture.at, format.timeZone)}
        sun={picture.sun}
        outdoor={picture.outdoor}
        label={t('town.station.drawing', { name: station.name })}
      />
      <div>
        {named && <Title order={2}>{station.name}</Title>}
        <Text size="sm" c="dimmed">
          {[station.place === station.name ? null : station.place, station.zone === null ? null : zone(town, station.zone)]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        <Text size="sm" c="dimmed">
          {[t(`town.kind.${station.kind}`), size].filter(Boolean).join(' · ')}
        </Text>
      </div>
      <Figures
        rows={[
          { name: t('town.figure.power'), value: power(now.power) },
          { name: t('town.figure.flow'), value: value(now.flow, 3, 'kg/s') },
          { name: t('town.figure.supply'), value: celsius(now.supply) },
          {
            name: t('town.figure.return'),
            value: isStill ? (
              t('town.station.still')
            ) : (
              <>
                <ReturnMark value={now.return} />
                {celsius(now.return)}
              </>
            ),
          },
          { name: t('town.figure.heatingFlow'), value: celsius(now.heatingFlow) },
          { name: t('town.figure.waterFlow'), value: celsius(now.waterFlow) },
          { name: t('town.figure.room'), value: celsius(now.room) },
          { name: t('town.figure.dp'), value: value(now.dp, 2, 'bar') },
        ]}
      />
      <Text size="xs" c="dimmed">
        {t('town.station.truth')}
      </Text>
      <Group gap="xs">
        {station.device === null ? (
          <Text size="sm" c="dimmed">
            {t('town.station.noDevice')}
          </Text>
        ) : (
          <ButtonLink to="/devices/$id" params={{ id: station.device }} variant="default" size="xs">
            {t('town.station.device')}
          </ButtonLink>
        )}
        {station.device !== null && open && (
          <ButtonLink
            to="/alarms"
            search={{ device: station.device }}
            variant="default"
            size="xs"
            leftSection={<PriorityMark priority={open.priority} state={open.state} size={15} />}
          >
            {t('alarms.device.open.count', { count: open.count })}
          </ButtonLink>
        )}
      </Group>
    </Stack>
  )
}
