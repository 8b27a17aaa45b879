type Lane = 'urgent' | 'usual' | 'report'

/**
 * Lets at most `width` pieces of work run at a time, in the order they came. Urgent ones go before the others that wait; reports go last,
 * and always leave one place to the rest.
 */
export class Gate {
  readonly #width: number
  #busy = 0
  #reports = 0
  readonly #waiting: Record<Lane, (() => void)[]> = { urgent: [], usual: [], report: [] }

  constructor(width: number) {
    this.#width = width
  }

  async pass<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((resolve) => {
      this.#waiting[lane].push(resolve)
      this.#next()
    })
    try {
      return await work()
    } finally {
      this.#busy--
      if (lane === 'report') this.#reports--
      this.#next()
    }
  }

  #next(): void {
    while (this.#busy < this.#width) {
      const { urgent, usual, report } = this.#waiting
      const mayReport = this.#reports < Math.max(1, this.#width - 1)
      const found = urgent.shift() ?? usual.shift()
      const go = found ?? (mayReport ? report.shift() : undefined)
      if (!go) return
      this.#busy++
      if (!found) this.#reports++
      go()
    }
  }
}
