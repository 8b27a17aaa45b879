import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { environment, launcherTrouble, nodeToRunOn, root, typeScriptFlags } from './node.mjs'

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hearthgrid-node-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('the launcher runs from Node 20 on and says what an older one needs', () => {
  expect(launcherTrouble('20.0.0')).toBeNull()
  expect(launcherTrouble('24.21.0')).toBeNull()
  expect(launcherTrouble('18.20.4')).toMatch(/needs Node\.js 24 .* this is 18\.20\.4/)
})

test('without a Node of its own the program takes the one that is there, when it is new enough', () => {
  expect(nodeToRunOn(emptyFolder(), { node: '22.13.0', napi: '10' })).toBe(process.execPath)
  expect(nodeToRunOn(emptyFolder(), { node: '24.0.0', napi: '10' })).toBe(process.execPath)
})

test.each([
  ['20.20.2', '9'],
  ['22.12.0', '9'],
  ['23.0.0', '9'],
])('Node %s with Node-API %s is refused with words', (node, napi) => {
  expect(() => nodeToRunOn(emptyFolder(), { node, napi })).toThrow(`this is ${node} with Node-API ${napi}. Install`)
})

test('an older Node is told to run TypeScript', () => {
  expect(typeScriptFlags(process.execPath, '22.13.0')).toContain('--experimental-strip-types')
  expect(typeScriptFlags(process.execPath, '24.0.0')).toEqual([])
})

test('programs started by the launcher find the tools of the project first', () => {
  const env: NodeJS.ProcessEnv = environment(process.execPath, { EXTRA: '1' })
  expect(env['PATH']?.split(delimiter)[0]).toBe(join(root, 'node_modules', '.bin'))
  expect(env['EXTRA']).toBe('1')
  expect(Object.keys(env).filter((name) => name.toUpperCase() === 'PATH')).toEqual(['PATH'])
})
