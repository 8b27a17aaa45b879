import { expect, test } from 'vitest'
import { portFailure } from './serial-channel.ts'
import { listSerialPorts } from './serial-ports.ts'

test.each([
  ['Error: No such file or directory, cannot open /dev/ttyUSB0', 'device.portMissing'],
  ['Opening COM9: File not found', 'device.portMissing'],
  ['Error: Permission denied, cannot open /dev/ttyUSB0', 'device.portDenied'],
  ['Error Resource temporarily unavailable Cannot lock port', 'device.portBusy'],
  ['Error: Resource busy, cannot open /dev/tty.usbserial', 'device.portBusy'],
  ['Opening COM3: Access denied', 'device.portBusy'],
  ['Error: Inappropriate ioctl for device setting custom baud rate of 19200', 'device.portFailed'],
])('what the system says, "%s", is %s', (words, code) => {
  expect(portFailure(new Error(words), '/dev/ttyUSB0')).toMatchObject({ code, params: { host: '/dev/ttyUSB0', port: 0 } })
})

test('the list of serial ports is empty only with a reason', async () => {
  const { ports, reason } = await listSerialPorts()
  expect(reason === null).toBe(ports.length > 0)
})
