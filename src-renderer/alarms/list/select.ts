export type Selection = { ids: ReadonlySet<string>; /** Where a range begins. */ anchor: string | null }

export const nothingSelected: Selection = { ids: new Set(), anchor: null }

/** One row turned on or off. */
export function toggle({ ids }: Selection, id: string): Selection {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}

/** All rows from the anchor to this one turned on, in the order of the list. Without an anchor, this one alone. */
export function reach(selection: Selection, id: string, order: readonly string[]): Selection {
  const [from, to] = [order.indexOf(selection.anchor ?? id), order.indexOf(id)]
  if (from === -1 || to === -1) return toggle(selection, id)
  return { ids: new Set([...selection.ids, ...order.slice(Math.min(from, to), Math.max(from, to) + 1)]), anchor: selection.anchor ?? id }
}

/** Without what is no longer in the list; the same object when all of it is. */
export function kept(selection: Selection, order: readonly string[]): Selection {
  if (selection.ids.size === 0) return selection
  const there = new Set(order)
  const ids = new Set([...selection.ids].filter((id) => there.has(id)))
  return ids.size === selection.ids.size ? selection : { ids, anchor: selection.anchor }
}
