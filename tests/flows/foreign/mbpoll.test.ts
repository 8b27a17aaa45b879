import { spawnSync } from 'node:child_process'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { ModbusTcp } from '../../../src-worker/acquisition/drivers/modbus-tcp.ts'
import { startControllers } from '../world.ts'
import { needPrograms } from './programs.ts'

beforeAll(needPrograms)

test('mbpoll reads from a simulated controller what we read from it', async () => {
  const { ports } = await startControllers()
  const [port = 0] = ports
  const client = new ModbusTcp({ host: '127.0.0.1', port, connectMs: 2000, answerMs: 2000, onClose: () => undefined })
  onTestFinished(() => client.close())
  await client.open()
  const words = await client.read(1, 'holding', 11173, 2)
  client.close()
  const args = ['-m', 'tcp', '-p', String(port), '-a', '1', '-t', '4', '-r', '11174', '-c', '2', '-1', '127.0.0.1']
  const { stdout } = spawnSync('mbpoll', args, { encoding: 'utf8' })
  const read = [...stdout.matchAll(/^\[(\d+)\]:\s+(-?\d+)/gm)].map(([, number, value]) => [Number(number), Number(value) & 0xffff])
  expect(read).toEqual([...words].map((word, i) => [11174 + i, word]))
})
