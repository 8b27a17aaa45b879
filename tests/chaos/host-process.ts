import { api } from '#shared/api.ts'
import { systemContext } from '../../src-main/capability.ts'
import { serve } from '../../src-main/serve.ts'

export type Asked = { id: number; name: string; input: unknown }
export type Told = { id: number; output?: unknown; error?: string }

// A whole Hearthgrid on a folder, asked over the channel to its parent, so that the parent's clock is another one. `now` tells the time,
// `url` where it serves.
const tell = (told: Told) => process.send?.(told)
const serving = await serve({ dataFolder: process.argv[2] ?? '', desktop: false, clock: Date.now })

async function answer(name: string, input: unknown): Promise<unknown> {
  if (name === 'now') return Date.now()
  if (name === 'url') return serving.url
  if (name === 'stop') return await serving.stop()
  const [capability = '', key = ''] = name.split('.')
  if (!(capability in api)) throw new Error(`no operation ${name}`)
  return await serving.host.call(`${capability}.${key}` as 'history.status', input as Record<string, never>, systemContext)
}

process.on('message', ({ id, name, input }: Asked) => {
  answer(name, input).then(
    (output) => tell({ id, output }),
    (error: unknown) =>
      tell({ id, error: error instanceof Error ? `${(error as { code?: string }).code ?? ''} ${error.stack}` : String(error) }),
  )
})
tell({ id: 0 })
