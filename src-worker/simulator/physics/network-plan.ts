/** One pipe pair and the node at its far end. The node hangs on `parent`, a lower position, or -1: the plant. */
export type PipePlan = {
  id: string
  parent: number
  /** Trench, m. */
  length: number
  /** Inner diameter, m. */
  diameter: number
  /** Heat lost by one pipe of the pair, W/(m K). */
  loss: number
}

/** A tree of pipes. Station i takes its water at node `stations[i]` through a service pipe of its own. */
export type NetworkPlan = {
  pipes: PipePlan[]
  stations: number[]
  /** Of every station; the usual one when absent. */
  service?: { length: number; diameter: number; loss: number } | undefined
}
