/**
 * The address that signs in with a one-time link and arrives at the page where the person was: the link's query, put on the
 * place. A link that leads to a page of its own is followed as it is.
 */
export function signInAt(link: string, place: string | undefined): string {
  const way = new URL(link)
  const address = new URL(place ?? link)
  if (way.pathname !== '/' || address.origin !== way.origin) return link
  for (const [name, value] of way.searchParams) address.searchParams.set(name, value)
  return address.href
}
