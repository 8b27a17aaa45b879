/** The pages of docs/manual, in the order in which somebody would read them. */
export const manualPages = [
  'start',
  'devices',
  'values',
  'settings',
  'overrides',
  'inputs',
  'chart',
  'charts',
  'live-chart',
  'about',
  'connect',
  'opcua',
  'gateways',
  'meters',
  'readings',
  'energy',
  'overview',
  'virtual',
  'alarms',
  'alarm-rules',
  'alarm-notify',
  'alarm-kpi',
  'device-alarms',
  'communication',
  'line',
  'controllers',
  'point-editor',
  'practice',
  'storage',
  'town',
] as const

const files = import.meta.glob<string>('../../docs/manual/*.md', { query: '?raw', import: 'default' })

/** The Markdown of one page. Rejects when there is none. */
export async function readPage(page: string): Promise<string> {
  const load = files[`../../docs/manual/${page}.md`]
  if (!load) throw new Error(`no manual page ${page}`)
  return load()
}
