import { expect, test } from 'vitest'
import { z } from 'zod'
import { queryList, queryNumber } from '#shared/contract.ts'
import { describeApi } from './openapi.ts'

const named = z.object({ port: z.number().default(502) }).meta({ id: 'Named' })
const row = {
  method: 'GET' as const,
  path: '/things/{id}' as const,
  role: 'readonly' as const,
  summary: 'One thing',
  input: z.object({ id: z.string(), series: queryList(queryNumber()), width: queryNumber().default(10) }),
  output: z.object({ thing: named }),
}
const change = {
  ...row,
  method: 'POST' as const,
  input: z.object({ id: z.string(), thing: named, note: z.string().optional() }),
  audit: 'thing',
}

test('path fields are path parameters, the rest of a GET is query, the rest of a POST is body', () => {
  const { paths } = describeApi(
    new Map([
      ['things.get', { row }],
      ['things.change', { row: change }],
    ]),
    '1.0.0',
  ) as { paths: Record<string, Record<string, Record<string, unknown>>> }
  const { get, post } = paths['/things/{id}'] ?? {}
  expect(
    (get?.['parameters'] as { name: string; in: string; required: boolean }[] | undefined)?.map(({ name, in: place, required }) => [
      name,
      place,
      required,
    ]),
  ).toEqual([
    ['id', 'path', true],
    ['series', 'query', true],
    ['width', 'query', false],
  ])
  expect(get?.['requestBody']).toBeUndefined()
  expect(post?.['parameters']).toHaveLength(1)
  expect(post?.['requestBody']).toMatchObject({
    content: { 'application/json': { schema: { required: ['thing'], properties: { note: { type: 'string' } } } } },
  })
})

test('a named schema is one component in each direction, with its references pointing there', () => {
  const { components, paths } = describeApi(new Map([['things.change', { row: change }]]), '1.0.0') as {
    components: { schemas: Record<string, { required?: string[] }> }
    paths: object
  }
  expect(components.schemas['Named']?.required).toEqual(['port'])
  expect(components.schemas['NamedInput']?.required).toBeUndefined()
  expect(JSON.stringify(paths)).toContain('"#/components/schemas/NamedInput"')
  expect(JSON.stringify(paths)).not.toContain('$defs')
})
