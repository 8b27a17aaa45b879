import { SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '#shared/api.ts'
import { useAddress } from '../address.ts'
import { useOpenByDevice } from '../alarm-marks/by-device.ts'
import { useActor, useCall } from '../host.ts'
import { screens } from '../screens.ts'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { useFailureText } from '../words.ts'
import { choiceOf, looks } from './address.ts'
import { FaultsPanel } from './faults/FaultsPanel.tsx'
import { Legend } from './map/Legend.tsx'
import { shades } from './map/scales.ts'
import { TownMap } from './map/TownMap.tsx'
import { PipeTable } from './PipeTable.tsx'
import { useSecret, withoutSecrets } from './secret.ts'
import { Side } from './Side.tsx'
import { StationTable } from './StationTable.tsx'
import { TimeBar } from './TimeBar.tsx'
import classes from './Town.module.css'

const everyMs = 3_000

/** Time, map or table, what was chosen on it, and what is broken. */
export function TownPage({ status }: { status: CallOutput<'simulator.status'> }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const navigate = useNavigate()
  const open = useOpenByDevice()
  const [address, change] = useAddress()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const { look, shade, station, sort, order } = choiceOf(address)
  const town = useCall('simulator.town', {})
  const seen = useCall('simulator.picture', {}, { every: everyMs })
  const secret = useSecret()
  const picture = { ...seen, data: seen.data && secret ? withoutSecrets(seen.data) : seen.data }
  const error = town.error ?? picture.error
  const again = () => void Promise.all([town.refetch(), picture.refetch()])
  const chosen = town.data?.stations.findIndex(({ name }) => name === station) ?? -1
  const choose = (index: number | null) => change({ station: index === null ? undefined : town.data?.stations[index]?.name })
  const practice = screens.find(({ path, role }) => path === '/practice' && may(role))
  return (
    <>
      <PageTop
        title={t('town.titleOf', { name: status.name })}
        note={t('town.note', { count: town.data?.stations.length ?? status.stations })}
      >
        {practice && <Link to={practice.path}>{t('town.practice')}</Link>}
      </PageTop>
      <TimeBar status={status} picture={picture.data} />
      {error && <Failed told={tell(error)} onRetry={again} />}
      {!town.data || !picture.data ? (
        !error && <Loading rows={9} height={48} />
      ) : (
        <>
          <div className={classes['tools']}>
            <SegmentedControl
              aria-label={t('town.look.label')}
              value={look}
              onChange={(value) => change({ look: value === 'map' ? undefined : value })}
              data={looks.map((value) => ({ value, label: t(`town.look.${value}`) }))}
              transitionDuration={0}
            />
            {look === 'map' && (
              <SegmentedControl
                aria-label={t('town.shade.label')}
                value={shade}
                onChange={(value) => change({ pipes: value === 'both' ? undefined : value })}
                data={shades.map((value) => ({ value, label: t(`town.shade.${value}`) }))}
                transitionDuration={0}
                className={classes['shades'] ?? ''}
              />
            )}
          </div>
          <div className={classes['page']}>
            <div className={classes['main']}>
              {look === 'map' ? (
                <>
                  <TownMap
                    town={town.data}
                    picture={picture.data}
                    shade={shade}
                    chosen={chosen}
                    open={open}
                    onChoose={choose}
                    onAlarms={(device) => void navigate({ to: '/alarms', search: { device } })}
                  />
                  <Legend shade={shade} picture={picture.data} />
                  {town.data.source !== '' && <small className={classes['source']}>{town.data.source}</small>}
                </>
              ) : (
                <>
                  <StationTable
                    town={town.data}
                    picture={picture.data}
                    sort={sort}
                    order={order}
                    chosen={chosen}
                    open={open}
                    onSort={(by) => change({ sort: by, order: by === sort && order === 'ascending' ? 'descending' : undefined })}
                    onChoose={choose}
                  />
                  <PipeTable town={town.data} picture={picture.data} />
                </>
              )}
            </div>
            <Side town={town.data} picture={picture.data} chosen={chosen} open={open} phone={phone} onClose={() => choose(null)} />
          </div>
          {may('full') && <FaultsPanel town={town.data} station={station} secret={secret} />}
        </>
      )}
    </>
  )
}
