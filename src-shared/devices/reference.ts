import type { Quantity } from '../units.ts'

type Named = { id: string; is: Quantity }

/** The id that the desired value of a measured one has where there is one: circuit1.flow → circuit1.flowReference. */
export function referenceIdOf(id: string): string {
  return `${id}Reference`
}

/** Whether a point holds the value that a measured one of the same device should have: its id says so, and both are of one quantity. */
export function isReferenceOf(point: Named, actual: Named): boolean {
  return point.id === referenceIdOf(actual.id) && point.is === actual.is
}
