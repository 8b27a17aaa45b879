import { expect, test } from 'vitest'
import { checkProfile } from '#shared/profiles/check.ts'
import type { OpcuaTreeNode } from '#shared/opcua/contract.ts'
import type { Template } from '#shared/opcua/template.ts'
import { documentOf, mappingsOf } from './document.ts'
import { loginOf, rowFault, splitUrl, startDraft, withTemplate, type Mapping } from './draft.ts'
import { readDraft } from './session.ts'
import { nameOf, placed } from './tree.ts'

const row = (change: Partial<Mapping> = {}): Mapping => ({
  id: 'circuit1.flow',
  title: '',
  is: 'temperature',
  role: 'measure',
  from: '/2:Flow',
  node: 'Flow',
  scale: 0.1,
  needed: false,
  write: null,
  ...change,
})
const template: Template = {
  id: 'a/b',
  maker: 'A',
  model: 'B',
  title: 'T',
  source: 's',
  requires: { 'identity.firmware': { min: '9.0' } },
  points: [
    { id: 'identity.firmware', is: 'text', role: 'identity', needed: true },
    { id: 'circuit1.flow', is: 'temperature', role: 'measure', needed: true },
  ],
  key: ['circuit1.flow', 'outdoor'],
}

test('what was mapped becomes a device file that is sound, and reads back the same', () => {
  const rows = [
    row(),
    row({ id: 'pump', title: 'Pump', is: 'state', role: 'state', from: 'nsu=urn:x;s=Pump', scale: 1 }),
    row({ id: 'left', from: '' }),
  ]
  const write = { min: 10, max: 30, level: 'basic' as const }
  const draft = {
    ...startDraft,
    host: 'h',
    maker: 'M',
    model: 'X',
    profileName: 'P',
    mappings: [...rows, row({ id: 'comfort', role: 'setting', write })],
  }
  const document = documentOf(draft, template)
  expect(checkProfile('own/m/p', document, new Map()).profile.points.map(({ id }) => id)).toEqual(['circuit1.flow', 'pump', 'comfort'])
  expect(document['requires']).toBeUndefined()
  expect(mappingsOf(document)?.map(({ id, from, scale, write: range }) => [id, from, scale, range])).toEqual([
    ['circuit1.flow', '/2:Flow', 0.1, null],
    ['pump', 'nsu=urn:x;s=Pump', 1, null],
    ['comfort', '/2:Flow', 0.1, write],
  ])
  expect(mappingsOf({ ...document, protocol: 'modbus' })).toBeNull()
})

test('the firmware that a template demands is demanded as soon as its node is known', () => {
  const mappings = withTemplate([row()], template).map((one) => (one.id === 'identity.firmware' ? { ...one, from: '/2:Fw' } : one))
  expect(documentOf({ ...startDraft, mappings }, template)['requires']).toEqual(template.requires)
  expect(mappings.find(({ id }) => id === 'circuit1.flow')).toMatchObject({ from: '/2:Flow', needed: true })
})

test('a row says what is wrong with it', () => {
  const all = [row(), row()]
  expect(rowFault(row({ id: 'Flow' }), [])).toBe('id')
  expect(rowFault(row(), all)).toBe('twice')
  expect(rowFault(row({ scale: 0 }), [])).toBe('scale')
  expect(rowFault(row({ scale: '' }), [])).toBe('scale')
  expect(rowFault(row({ write: { min: 3, max: 3, level: 'full' } }), [])).toBe('range')
  expect(rowFault(row({ from: '', needed: true }), [])).toBe('needed')
  expect(rowFault(row(), [row()])).toBeNull()
})

test('a node below the device is named from there, any other by its own id', () => {
  const node = (id: string, step: string) => ({ node: id, step }) as OpcuaTreeNode
  const station = placed(node('ns=1;s=S', '/1:S'), [])
  const flow = placed(node('ns=1;s=S.F', '/1:F'), placed(node('ns=1;s=S.C', '/1:C'), station.trail).trail)
  expect(nameOf(flow, 'ns=1;s=S')).toBe('/1:C/1:F')
  expect(nameOf(flow, '')).toBe('ns=1;s=S.F')
  expect(nameOf(flow, 'ns=1;s=Other')).toBe('ns=1;s=S.F')
  expect(nameOf(placed(node('i=1', `/${'x'.repeat(600)}`), station.trail), 'ns=1;s=S')).toBe('i=1')
})

test('a whole address fills all fields, and a password is told only to a server that asks for one', () => {
  expect(splitUrl('opc.tcp://10.0.0.5:4841/a/b')).toEqual({ host: '10.0.0.5', port: 4841, path: '/a/b' })
  expect(splitUrl('opc.tcp://[::1]/')).toEqual({ host: '::1', port: 4840, path: '' })
  expect(splitUrl('plain')).toEqual({ host: 'plain' })
  expect(loginOf({ ...startDraft, host: 'h' }, 'secret')).not.toHaveProperty('secret')
  expect(loginOf({ ...startDraft, host: 'h', identity: 'password', user: 'u' }, 'secret')).toMatchObject({
    secret: 'secret',
    endpoint: { user: 'u' },
  })
})

test('what was remembered is taken as far as it is understood', () => {
  expect(readDraft('nonsense')).toBe(startDraft)
  expect(readDraft('null')).toBe(startDraft)
  expect(readDraft('{"host":"h","step":"two","mappings":7}')).toEqual({ ...startDraft, host: 'h' })
})
