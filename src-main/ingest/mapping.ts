import { Failure } from '#shared/failures.ts'
import type { Mapping } from '#shared/ingest/contract.ts'
import { ownId } from '#shared/profiles/name.ts'
import type { StoredGateway } from './gateways.ts'

const keyPoints = 4

const longestFile = 50

/** Name of the device file of what a gateway sends under one device name; none that belongs to another device, by `isTaken`. */
export function profileName(gateway: StoredGateway, member: string, isTaken: (profile: string) => boolean): string {
  const base = `${gateway.id} ${member}`.slice(0, longestFile)
  for (let i = 1; ; i++) {
    const name = i === 1 ? base : `${base} ${i}`
    const id = ownId(makerOf(gateway), name)
    if (id !== null && !isTaken(id)) return name
  }
}

/** A maker that gives a folder name, also where the gateway has a name in other letters. */
function makerOf({ id, name }: StoredGateway): string {
  return ownId(name, id) === null ? id : name
}

/** A device file whose points take their values from keys. Throws input.invalid when two points or two keys are the same. */
export function documentOf(gateway: StoredGateway, member: string, name: string, mappings: readonly Mapping[]): Record<string, unknown> {
  refuseTwice(
    'key',
    mappings.map(({ key }) => key),
  )
  refuseTwice(
    'point',
    mappings.map(({ point }) => point),
  )
  return {
    maker: makerOf(gateway),
    model: member,
    title: name,
    source: 'Mapped by hand in this installation',
    proven: 'field',
    protocol: 'push',
    firstRegister: 0,
    limits: { block: 1, gap: 0, functions: [] },
    detect: {},
    points: Object.fromEntries(
      mappings.map(({ key, point, title, is, role, scale, offset }) => [
        point,
        { from: key, is, role, ...(title ? { title } : {}), ...(scale === 1 ? {} : { scale }), ...(offset === 0 ? {} : { offset }) },
      ]),
    ),
    key: mappings
      .filter(({ role }) => role === 'measure')
      .slice(0, keyPoints)
      .map(({ point }) => point),
    samples: [],
  }
}

function refuseTwice(what: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new Failure('input.invalid', { fields: `${what} ${twice} stands there twice` })
}
