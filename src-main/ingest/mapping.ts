import type { Mapping } from '#shared/ingest/contract.ts'
import { Failure } from '#shared/failures.ts'
import type { StoredGateway } from './gateways.ts'

const keyPoints = 4

/** Name of the device file of what a gateway sends under one device name. */
export function profileName(gateway: StoredGateway, member: string): string {
  return `${gateway.id} ${member}`.slice(0, 80)
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
    maker: gateway.name,
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
