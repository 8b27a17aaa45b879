import type { ExportDevice, ExportPoint } from '#shared/history/export-port.ts'
import { units } from '#shared/units.ts'
import type { Host } from '../capability.ts'

/** Every device and point that ever had a series, also those that were removed, as lines of an export. */
export async function describePlant(host: Pick<Host, 'database' | 'plant' | 'profiles'>): Promise<{
  points: ExportPoint[]
  devices: ExportDevice[]
}> {
  const { database, plant, profiles } = host
  const rows = await database.selectFrom('device').select(['id', 'name', 'place', 'profile', 'identity', 'addedAt', 'removedAt']).execute()
  const devices = new Map(rows.map((row) => [row.id, row]))
  const known = new Map(profiles.map((profile) => [profile.id, profile]))
  const series = await database.selectFrom('series').selectAll().orderBy('id').execute()
  return {
    devices: rows.map(({ id, name, place, profile, identity, addedAt, removedAt }) => {
      const { serial } = JSON.parse(identity) as { serial?: string | number | null }
      return { device: id, name, place, profile, serial: serial === null || serial === undefined ? '' : String(serial), addedAt, removedAt }
    }),
    points: series.map(({ id, device, point }) => {
      const owner = devices.get(device)
      const found = plant.ownerOf(id)?.point ?? known.get(owner?.profile ?? '')?.points.find((one) => one.id === point)
      const unit = found ? units[found.is] : ''
      const words = { title: found?.title ?? '', quantity: found?.is ?? '', unit, role: found?.role ?? '' }
      return { series: id, device, name: owner?.name ?? '', point, ...words }
    }),
  }
}
