import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { failures } from '#shared/failures.ts'
import { apiPage, failuresPage, pages } from '../../build/docs.ts'

test('the generated documents are what the contracts say (node build/run.mjs build/docs.ts)', () => {
  for (const [path, text] of pages()) expect(readFileSync(path, 'utf8')).toBe(text)
})

test('the pages name every failure and every way to reach an operation', () => {
  const page = failuresPage({ 'device.silent.title': 'No answer.' })
  for (const code of Object.keys(failures)) expect(page).toContain(`\`${code}\``)
  expect(page).toContain('No answer.')
  expect(apiPage()).toContain('`GET /api/v1/devices/{id}`')
})
