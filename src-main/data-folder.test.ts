import { expect, test } from 'vitest'
import { applicationData } from './data-folder.ts'

const home = 'home-of-ada'

test.each([
  ['win32', { APPDATA: 'roaming' }, 'roaming'],
  ['win32', {}, 'home-of-ada\\AppData\\Roaming'],
  ['darwin', {}, 'home-of-ada/Library/Application Support'],
  ['linux', { XDG_CONFIG_HOME: 'settings' }, 'settings'],
  ['linux', { XDG_CONFIG_HOME: '' }, 'home-of-ada/.config'],
] as const)('on %s with %o data lie where the system keeps them', (platform, env, folder) => {
  expect(applicationData(platform, { ...env }, home)).toBe(folder)
})
