import { Drawer } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../ui/Panel.tsx'
import type { OpenByDevice } from '../alarm-marks/by-device.ts'
import { PlantFigures } from './PlantFigures.tsx'
import { StationCard } from './StationCard.tsx'
import type { Picture, Town } from './town.ts'
import classes from './Town.module.css'

type SideProps = { town: Town; picture: Picture; chosen: number; open: OpenByDevice; phone: boolean; onClose: () => void }

/** The chosen house, else the plant. On a phone the house comes up over the map. */
export function Side({ town, picture, chosen, open, phone, onClose }: SideProps) {
  const { t } = useTranslation()
  const station = town.stations[chosen]
  const now = picture.stations[chosen]
  const card = station && now && (
    <StationCard town={town} picture={picture} station={station} now={now} open={open.get(station.device ?? '')} named={!phone} />
  )
  return (
    <aside className={classes['side']}>
      {card && !phone && <Panel>{card}</Panel>}
      <Panel title={town.plant.name}>
        <PlantFigures picture={picture} />
      </Panel>
      {phone && (
        <Drawer
          opened={Boolean(card)}
          onClose={onClose}
          position="bottom"
          size="82%"
          title={station?.name ?? ''}
          transitionProps={{ duration: 0 }}
          closeButtonProps={{ 'aria-label': t('town.station.close') }}
        >
          {card}
        </Drawer>
      )}
    </aside>
  )
}
