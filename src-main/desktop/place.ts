/**
 * The address that signs in with a one-time link and arrives at the page where the person was: the link's query, put on the
 * place. A link that leads to a page of its own is followed as it is.
 */
export function signInAt(link: string, place: string | undefined): string {
  const way = new URL(link)
  if (place === undefined || way.pathname !== '/') return link
  const address = new URL(place)
  for (const [name, value] of way.searchParams) address.searchParams.set(name, value)
  return address.href
}

/** A place without what a sign-in link brought into its query, so that no used secret is kept or loaded again. */
export function placeOf(address: string, link: string | undefined): string {
  const place = new URL(address)
  if (link !== undefined) for (const name of new URL(link).searchParams.keys()) place.searchParams.delete(name)
  return place.href
}
