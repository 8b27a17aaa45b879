import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

const writeRegister = 6

/** A line to a controller that the test can disturb: what it does with a write, and how many went through it. */
export async function startLine(port: number) {
  const sockets = new Set<Socket>()
  const line = {
    port: 0,
    writes: 0,
    /** `pass` both ways; `swallow` the answer to a write; `cut` the connection once a write has reached the controller. */
    manner: 'pass' as 'pass' | 'swallow' | 'cut',
    /** Nobody answers any more, until it is up again on the same port. */
    down: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
    up: () => new Promise<void>((resolve) => server.listen(line.port, '127.0.0.1', resolve)),
  }
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true })
    let silent = false
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
    }
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    near.on('data', (request) => {
      silent = request[7] === writeRegister && line.manner !== 'pass'
      if (request[7] === writeRegister) line.writes++
      far.write(request)
    })
    far.on('data', (answer) => {
      if (!silent) near.write(answer)
      else if (line.manner === 'cut') near.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  line.port = (server.address() as AddressInfo).port
  return line
}
