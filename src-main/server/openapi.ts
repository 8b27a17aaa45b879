import { z } from 'zod'
import { apiBase } from '#shared/api.ts'
import type { Operation } from '#shared/contract.ts'
import { failures } from '#shared/failures.ts'

type Json = Record<string, unknown>

/** OpenAPI 3.1 of every operation. Named schemas (`.meta({ id })`) become components. */
export function describeApi(table: ReadonlyMap<string, { row: Operation }>, version: string): Json {
  const components: Json = {}
  const paths: Record<string, Json> = {}
  for (const [name, { row }] of table) {
    const path = (paths[row.path] ??= {})
    path[row.method.toLowerCase()] = describeOperation(name, row, components)
  }
  components['Failure'] = failureSchema
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hearthgrid',
      version,
      description:
        'Send an API token as `Authorization: Bearer …`. Times are UTC milliseconds, values are in the unit that the point names. Live values: WebSocket at `/api/v1/live/socket`, see docs/api.md.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: apiBase }],
    security: [{ token: [] }],
    paths,
    components: { schemas: components, securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  }
}

function describeOperation(name: string, row: Operation, components: Json): Json {
  const input = schemaOf(row.input, 'input', components)
  const properties = (input['properties'] ?? {}) as Record<string, Json>
  const required = new Set((input['required'] as string[] | undefined) ?? [])
  const inPath = new Set([...row.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string))
  const asQuery = row.method === 'GET' || row.method === 'DELETE'
  const fields = Object.entries(properties)
  const parameters = fields
    .filter(([field]) => inPath.has(field) || asQuery)
    .map(([field, schema]) => ({
      name: field,
      in: inPath.has(field) ? 'path' : 'query',
      required: inPath.has(field) || required.has(field),
      schema,
    }))
  const body = fields.filter(([field]) => !inPath.has(field))
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    summary: row.summary,
    description: `Needs the role \`${row.role}\`.${row.audit === undefined ? '' : ' Is written to the activity log.'}`,
    ...(row.role === 'public' ? { security: [] } : {}),
    parameters,
    ...(asQuery || body.length === 0
      ? {}
      : {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: Object.fromEntries(body),
                  required: [...required].filter((field) => !inPath.has(field)),
                },
              },
            },
          },
        }),
    responses: {
      200: { description: 'Done', content: contentOf(row, components) },
      default: { description: 'Refused or failed', content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } } },
    },
  }
}

function contentOf(row: Operation, components: Json): Json {
  const schema = schemaOf(row.output, 'output', components)
  return Object.fromEntries((row.file ?? ['application/json']).map((type) => [type, { schema }]))
}

/** JSON Schema of a zod type, with its named parts moved to the components. */
function schemaOf(type: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const { $schema: _, $defs, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Json & { $defs?: Json }
  const suffix = io === 'input' ? 'Input' : ''
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === '$ref' ? String(inner).replace('#/$defs/', '#/components/schemas/') + suffix : rename(inner),
      ]),
    )
  }
  for (const [id, inner] of Object.entries($defs ?? {})) components[id + suffix] ??= rename(inner)
  return rename(schema) as Json
}

const failureSchema = {
  type: 'object',
  required: ['code', 'params'],
  properties: {
    code: { type: 'string', enum: Object.keys(failures), description: 'docs/failures.md says what each means' },
    params: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
  },
}
