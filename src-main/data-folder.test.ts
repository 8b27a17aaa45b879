import { expect, test } from 'vitest'
import { applicationData } from './data-folder.ts'

test.each([
  ['win32', { APPDATA: 'D:\\Roaming' }, 'C:\\Users\\ada', 'D:\\Roaming'],
  ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Roaming'],
  ['darwin', {}, '/Users/ada', '/Users/ada/Library/Application Support'],
  ['linux', { XDG_CONFIG_HOME: '/data/config' }, '/home/ada', '/data/config'],
  ['linux', { XDG_CONFIG_HOME: '' }, '/home/ada', '/home/ada/.config'],
] as const)('on %s with %o data lie where the system keeps them', (platform, env, home, folder) => {
  expect(applicationData(platform, { ...env }, home)).toBe(folder)
})
