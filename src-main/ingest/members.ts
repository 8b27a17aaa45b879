import type { Point } from '#shared/devices/profile.ts'
import type { Plant, PlantDevice } from '../plant.ts'

export type Target = { device: PlantDevice; point: Point; series: number }

type Index = { targets: Map<string, Target>; devices: Map<string, PlantDevice> }

/** Which point of which device a key of a gateway stands for. Made anew when devices come, change or go. */
export class Members {
  readonly #plant: Plant
  #index: Index | undefined

  constructor(plant: Plant) {
    this.#plant = plant
  }

  changed(): void {
    this.#index = undefined
  }

  target(gateway: string, member: string, key: string): Target | undefined {
    return this.#made().targets.get(placeOf(gateway, member, key))
  }

  device(gateway: string, member: string): PlantDevice | undefined {
    return this.#made().devices.get(placeOf(gateway, member))
  }

  of(gateway: string): PlantDevice[] {
    return this.all().filter(({ address }) => address.host === gateway)
  }

  all(): PlantDevice[] {
    return [...this.#made().devices.values()]
  }

  #made(): Index {
    return (this.#index ??= indexOf(this.#plant))
  }
}

function indexOf(plant: Plant): Index {
  const index: Index = { targets: new Map(), devices: new Map() }
  for (const device of plant.all()) {
    const { way, host, member = '' } = device.address
    if (way !== 'push') continue
    index.devices.set(placeOf(host, member), device)
    device.profile.points.forEach((point, i) => {
      const series = device.series[i]
      if (point.from !== undefined && series !== undefined) index.targets.set(placeOf(host, member, point.from), { device, point, series })
    })
  }
  return index
}

const placeOf = (...names: string[]) => JSON.stringify(names)
