/**
 * A synthetic plant for measurements of the history: 50 points a device, a value each quarter of an hour, in the resolution of a register.
 * 0 to 24 temperatures, 25 to 34 settings, 35 to 39 positions and pumps, 40 energy and 41 volume register (now and then a meter is
 * exchanged), 42 to 47 power, flow and temperatures of the meter, 48 and 49 modes. The same seed gives the same values.
 */
export const pointsEach = 50
export const slotMs = 900_000
export const energyPoint = 40

export class PlantYear {
  readonly values: Float64Array
  readonly quality: Uint8Array
  readonly devices: number
  at: number
  #tick = 0
  #seed = 1
  readonly #drift: Float64Array
  readonly #energy: Float64Array
  readonly #volume: Float64Array

  constructor(devices: number, start: number) {
    this.devices = devices
    this.at = start - slotMs
    this.values = new Float64Array(devices * pointsEach)
    this.quality = new Uint8Array(devices * pointsEach)
    this.#drift = new Float64Array(devices * pointsEach).map(() => this.#random() * 10)
    this.#energy = new Float64Array(devices).map(() => Math.floor(this.#random() * 50_000))
    this.#volume = new Float64Array(devices).map(() => this.#random() * 9000)
    for (let d = 0; d < devices; d++) for (let k = 25; k < 35; k++) this.values[d * pointsEach + k] = Math.round(this.#random() * 80)
  }

  /** The next quarter of an hour. */
  step(): void {
    this.at += slotMs
    const slot = this.#tick++ % 96
    const season = Math.cos(((this.#tick / 96 - 20) / 365) * 2 * Math.PI)
    const outdoor = 9 - 9 * season + 4 * Math.sin((slot / 96) * 2 * Math.PI)
    for (let d = 0; d < this.devices; d++) this.#device(d, outdoor)
  }

  #device(d: number, outdoor: number): void {
    const { values, quality } = this
    const drift = this.#drift
    const first = d * pointsEach
    const load = Math.max(5, 60 - 2.2 * outdoor + (d % 17))
    for (let i = first; i < first + 25; i++) {
      const k = i - first
      drift[i] = (drift[i] as number) * 0.95 + (this.#random() - 0.5) * 2
      values[i] = Math.round((outdoor * (k < 3 ? 1 : -0.8) + 20 + k * 1.5 + (drift[i] as number)) * 10) / 10
      quality[i] = this.#random() < 0.004 ? 1 : 0
    }
    if (this.#random() < 0.002) values[first + 25 + Math.floor(this.#random() * 10)] = Math.round(this.#random() * 80)
    for (let k = 35; k < 38; k++) values[first + k] = Math.min(100, Math.max(0, Math.round(load + (drift[first + k - 35] as number) * 4)))
    values[first + 38] = values[first + 39] = load > 40 ? 1 : 0
    const power = load * (0.9 + 0.2 * this.#random())
    this.#energy[d] = (this.#energy[d] as number) + power / 4
    this.#volume[d] = (this.#volume[d] as number) + power * 0.00582
    if (this.#random() < 2e-5) this.#energy[d] = this.#volume[d] = 0
    values[first + energyPoint] = Math.floor(this.#energy[d] as number)
    values[first + 41] = Math.floor((this.#volume[d] as number) * 100) / 100
    values[first + 42] = Math.round(power * 10) / 10
    values[first + 43] = Math.round(power * 23.3)
    for (let k = 44; k < 48; k++) values[first + k] = Math.round((50 - k * 0.4 + (drift[first + k - 40] as number) * 2) * 100) / 100
    values[first + 48] = outdoor > 6 ? 2 : 1
  }

  #random(): number {
    let x = this.#seed
    x ^= x << 13
    x >>>= 0
    x ^= x >>> 17
    x ^= x << 5
    this.#seed = x >>>= 0
    return x / 4_294_967_296
  }
}
