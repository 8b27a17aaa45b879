// An OPC UA server of its own process with as many numbers as asked for, all of them different each second.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DataType, LogLevel, MessageSecurityMode, SecurityPolicy, setLogLevel, StatusCodes } from 'node-opcua-client'
import { OPCUACertificateManager } from 'node-opcua-certificate-manager'
import { OPCUAServer } from 'node-opcua-server'

const [port = '0', count = '1000'] = process.argv.slice(2)
setLogLevel(LogLevel.Emergency)
const manager = (name: string) =>
  new OPCUACertificateManager({ rootFolder: join(mkdtempSync(join(tmpdir(), 'bench-opcua-')), name), disableFileWatchers: true })
const server = new OPCUAServer({
  port: Number(port),
  host: '127.0.0.1',
  hostname: '127.0.0.1',
  serverCertificateManager: manager('pki'),
  userCertificateManager: manager('users'),
  securityModes: [MessageSecurityMode.None],
  securityPolicies: [SecurityPolicy.None],
})
await server.initialize()
const space = server.engine.addressSpace
if (!space) throw new Error('no address space')
const folder = space.getOwnNamespace().addFolder(space.rootFolder.objects, { browseName: 'All', nodeId: 's=All' })
const variables = Array.from({ length: Number(count) }, (_, i) =>
  space.getOwnNamespace().addVariable({
    componentOf: folder,
    browseName: `N${i}`,
    nodeId: `s=N${i}`,
    dataType: 'Double',
    minimumSamplingInterval: 0,
  }),
)
let round = 0
const change = () => {
  round++
  for (const [i, variable] of variables.entries())
    variable.setValueFromSource({ dataType: DataType.Double, value: i + round }, StatusCodes.Good)
}
change()
setInterval(change, 1000)
await server.start()
process.stdout.write('ready\n')
process.on('SIGTERM', () => process.exit(0))
