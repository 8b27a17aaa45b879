import { Arch, type AfterPackContext } from 'electron-builder'
import { missingNatives } from './natives.ts'

/** Called by electron-builder: refuses a package that would not start where it is meant for. */
export function afterPack({ packager, appOutDir, electronPlatformName, arch }: AfterPackContext): void {
  const system = `${electronPlatformName}-${Arch[arch]}`
  const missing = missingNatives(packager.getResourcesDir(appOutDir), system)
  if (missing.length === 0) return
  throw new Error(`A package for ${system} would not start: ${missing.join(', ')} is not in it. Package on such a machine.`)
}
