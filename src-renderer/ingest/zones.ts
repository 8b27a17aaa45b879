/** Time zones that the browser knows, with the given one and UTC among them. */
export function zones(own: string): string[] {
  return [...new Set(['UTC', own, ...Intl.supportedValuesOf('timeZone')])]
}
