import type { SerialPorts } from '#shared/acquisition/line.ts'
import { loadSerialPort } from './serial-channel.ts'

type ListedPort = SerialPorts['ports'][number]

/** The serial ports of this machine. Without a list there is the reason why: `unlisted` when the system does not tell. */
export async function listSerialPorts(): Promise<SerialPorts> {
  let listed: Awaited<ReturnType<(typeof import('serialport'))['SerialPort']['list']>>
  try {
    const { SerialPort } = await loadSerialPort('')
    listed = await SerialPort.list()
  } catch {
    // On Linux the list comes from udevadm, which small systems and containers do not have. A path can still be typed.
    return { ports: [], reason: 'unlisted' }
  }
  const ports = listed.map((port) => ({
    path: port.path,
    maker: port.manufacturer ?? null,
    serial: port.serialNumber ?? null,
    name: nameOf(port),
  }))
  ports.sort(byKind)
  return { ports, reason: ports.length === 0 ? 'none' : null }
}

/** Boards announce ports that nothing is connected to, so those that say what they are come first. */
const byKind = (a: ListedPort, b: ListedPort) => Number(a.name === null) - Number(b.name === null) || a.path.localeCompare(b.path)

/** Windows tells a friendly name; elsewhere the identity of the plug is the best there is. */
function nameOf(port: { path: string; pnpId?: string | undefined; friendlyName?: unknown }): string | null {
  if (typeof port.friendlyName === 'string') return port.friendlyName
  return port.pnpId?.replace(/^usb-/, '').replaceAll('_', ' ') ?? null
}
