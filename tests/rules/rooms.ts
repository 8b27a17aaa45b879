import { importsOf, isTest, type Import, type SourceFile } from './source.ts'

type Room = { rooms: readonly string[]; packages: readonly RegExp[] }

const node = /^node:/
const shared = ['src-shared']

/** Who may import whom: other rooms, and packages from outside. */
const rooms: Record<string, Room> = {
  'src-shared': { rooms: [], packages: [/^zod$/] },
  'src-worker': { rooms: shared, packages: [node, /^@duckdb\/node-(api|bindings)$/, /^serialport$/, /^node-opcua-(client|server)$/] },
  'src-main': {
    rooms: [...shared, 'resources'],
    packages: [
      node,
      /^fastify$/,
      /^@fastify\//,
      /^kysely$/,
      /^better-sqlite3$/,
      /^zod$/,
      /^serialport$/,
      /^yazl$/,
      /^(nodemailer|web-push)$/,
      /^electron(\/|$)/,
    ],
  },
  'src-renderer': {
    rooms: [...shared, 'resources'],
    packages: [
      /^react(-dom)?(\/|$)/,
      /^@mantine\//,
      /^@tanstack\//,
      /^@tabler\/icons-react$/,
      /^dayjs(\/|$)/,
      /i18next$/,
      /^plotly\.js-basic-dist-min$/,
      /^(jspdf|svg2pdf\.js)$/,
      /^@expo-google-fonts\/noto-sans\//,
      /^marked$/,
      /^zod$/,
    ],
  },
}

/** Things with one home each: what, and the paths that may import it. Tests beside the file may too. */
const homes: [what: RegExp, home: RegExp, name: string][] = [
  [/^electron(\/|$)/, /^src-main\/desktop(\.ts$|\/)/, 'src-main/desktop'],
  [/^@duckdb\//, /^src-worker\/history\//, 'src-worker/history'],
  [
    /^node-opcua-/,
    /^src-worker\/(acquisition\/drivers|simulator\/serve)\/opcua\//,
    'src-worker/acquisition/drivers/opcua and src-worker/simulator/serve/opcua',
  ],
  [
    /^serialport$/,
    /^src-worker\/acquisition\/drivers\/|^src-main\/serial-ports\.ts$/,
    'src-worker/acquisition/drivers and src-main/serial-ports.ts',
  ],
  [/^better-sqlite3$/, /^src-main\/database\.ts$/, 'src-main/database.ts'],
  [/^(nodemailer|web-push)$/, /^src-main\/alarms\/notify\//, 'src-main/alarms/notify'],
  [
    /^node:(net|tls|dgram)$/,
    /^src-worker\/(acquisition\/drivers|simulator)\/|^src-main\/desktop\/port\.ts$/,
    'src-worker/acquisition/drivers and src-worker/simulator',
  ],
]

/** What node:net has beside sockets and types. */
const besideSockets = new Set(['BlockList', 'isIP', 'isIPv4', 'isIPv6'])

const testPackages = [node, /^vitest$/, /^modbus-serial$/, /^better-sqlite3$/, /^@duckdb\/node-(api|bindings)$/, /^hyparquet$/]

/** Every import that crosses a wall. `capabilities`: folder names that may not import each other within a room. */
export function roomBreaches(files: readonly SourceFile[], capabilities: readonly string[]): string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path)
    const rule = rooms[room]
    if (!rule) return []
    return importsOf(file).flatMap((one) => {
      const trouble = one.path === undefined ? packageTrouble(file.path, rule, one) : pathTrouble(file.path, rule, one.path, capabilities)
      return trouble === undefined ? [] : [`${file.path} imports ${one.written}: ${trouble}`]
    })
  })
}

function packageTrouble(from: string, rule: Room, { written, names }: Import): string | undefined {
  const allowed = isTest(from) ? [...rule.packages, ...testPackages] : rule.packages
  if (!allowed.some((pattern) => pattern.test(written))) return `not a package of ${roomOf(from)}`
  if (
    isTest(from) ||
    (written === 'node:net' && names.length > 0 && names.every((name) => name.startsWith('type ') || besideSockets.has(name)))
  )
    return undefined
  const home = homes.find(([what]) => what.test(written))
  return home && !home[1].test(from) ? `only for ${home[2]}` : undefined
}

function pathTrouble(from: string, rule: Room, path: string, capabilities: readonly string[]): string | undefined {
  const room = roomOf(from)
  if (roomOf(path) !== room) return rule.rooms.includes(roomOf(path)) ? undefined : `${room} does not know ${roomOf(path)}`
  if (room === 'src-shared') return undefined
  const [mine, other] = [from.split('/')[1] ?? '', path.split('/')[1] ?? '']
  return mine !== other && capabilities.includes(mine) && capabilities.includes(other) ? `${mine} does not know ${other}` : undefined
}

function roomOf(path: string): string {
  return path.split('/')[0] ?? ''
}
