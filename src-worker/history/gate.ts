/** Lets at most `width` pieces of work run at a time, in the order they came; urgent ones go before the others that wait. */
export class Gate {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(width: number) {
    this.#free = width
  }

  async pass<T>(urgent: boolean, work: () => Promise<T>): Promise<T> {
    await this.#enter(urgent)
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free++
    }
  }

  async #enter(urgent: boolean): Promise<void> {
    if (this.#free > 0) {
      this.#free--
      return
    }
    await new Promise<void>((resolve) => (urgent ? this.#waiting.unshift(resolve) : this.#waiting.push(resolve)))
  }
}
