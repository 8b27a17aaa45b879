import { rmSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, startHearthgrid, test, type Hearthgrid } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

// An exercise takes the town ahead of the clock, which no other test should find.
let hearthgrid: Hearthgrid
test.beforeAll(async () => {
  test.setTimeout(180_000)
  hearthgrid = await startHearthgrid(['--demo', '--demo-days', '1'])
})
test.afterAll(async () => {
  await hearthgrid.stop()
  rmSync(hearthgrid.dataFolder, { recursive: true, force: true })
})

const truthNow = async () => (await hearthgrid.call('simulator.faults', {})).faults
const card = (page: Page, id: string) => page.locator(`[data-exercise="${id}"]`)

test('a trainee takes an exercise from its card to the points', async ({ page }, info) => {
  const before = new Set((await truthNow()).map(({ id }) => id))
  await page.goto(await hearthgrid.signInUrl())
  await page.goto(`${hearthgrid.url}/practice`)
  await expect(card(page, 'silentHouse')).toContainText('The silent house')
  await keepPicture(page, info, 'practice')
  expect(await sideways(page)).toBe(0)

  await card(page, 'silentHouse').getByRole('button', { name: /Begin/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('radio', { name: 'I practise myself' })).toBeChecked()
  await keepPicture(page, info, 'practice-begin')
  await dialog.getByRole('button', { name: 'Begin' }).click()
  const clock = page.getByRole('timer')
  await expect(clock).toContainText('of 4 h')
  const ahead = page.getByRole('button', { name: '1 h ahead' })
  await ahead.click()
  await expect(clock).toContainText(/^1 h/)
  await ahead.click()
  await expect(clock).toContainText(/^2 h/)
  await expect(page.getByText('The truth', { exact: true })).toHaveCount(0)

  const struck = (await truthNow()).find(({ id }) => !before.has(id))
  if (!struck) throw new Error('nothing was struck')
  const right = struck.kind === 'offline' ? 'Controller offline' : 'Gateway without its device'
  const report = async (place: string, kind: string) => {
    await page.getByRole('combobox', { name: 'Where' }).fill(place)
    await page.getByRole('option', { name: place }).first().click()
    await page.getByRole('combobox', { name: 'What is wrong' }).fill(kind)
    await page.getByRole('option', { name: kind }).click()
    await page.getByRole('button', { name: 'Report', exact: true }).click()
  }
  await report('The plant', 'Supply too cold')
  const wrong = page.locator('[data-finding]', { hasText: 'Supply too cold' })
  await expect(wrong).toContainText('The plant')
  await report(struck.target, right)
  await expect(page.locator('[data-finding]')).toHaveCount(2)
  await keepPicture(page, info, 'practice-running')
  expect(await sideways(page)).toBe(0)
  await wrong.getByRole('button', { name: /Take back/ }).click()
  await expect(page.locator('[data-finding]')).toHaveCount(1)

  await page.getByRole('button', { name: 'Show the truth and end' }).click()
  await expect(dialog).toContainText('this ends the exercise')
  await dialog.getByRole('button', { name: 'Show the truth and end' }).click()
  await expect(page.locator('[data-points]')).toHaveText(/^(8\d|9\d|100)of 100 points$/)
  await expect(page.locator(`[data-fault="${struck.kind}"]`).first()).toContainText(struck.target)
  await expect(page.locator('[data-outcome="found"]')).toBeVisible()
  await keepPicture(page, info, 'practice-result')
  expect(await sideways(page)).toBe(0)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'The truth as CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/silentHouse-truth\.csv$/)

  await page.getByRole('button', { name: 'To the exercises' }).click()
  await page.getByText('Results', { exact: true }).click()
  await expect(page.locator('[data-run]')).toHaveCount(1)
  await keepPicture(page, info, 'practice-results')
  expect((await truthNow()).find(({ id }) => id === struck.id)?.to).not.toBeNull()
})

test('an instructor composes an exercise, sees the truth and cancels it', async ({ page }, info) => {
  await page.goto(await hearthgrid.signInUrl())
  await page.goto(`${hearthgrid.url}/practice`)
  await card(page, 'free').getByRole('button', { name: 'Compose …' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'What may break' }).fill('bypass')
  await page.getByRole('option', { name: 'Water bypasses the exchanger' }).click()
  await dialog.getByLabel('Number of faults').fill('2')
  await dialog.getByRole('radio', { name: 'Others practise, I lead' }).check()
  await keepPicture(page, info, 'practice-compose')
  await dialog.getByRole('button', { name: 'Begin' }).click()
  await expect(page.locator('[data-fault="bypass"][data-state="planned"]')).toHaveCount(2)
  await expect(page.getByText('Nobody takes part yet')).toBeVisible()
  await keepPicture(page, info, 'practice-lead')
  expect(await sideways(page)).toBe(0)
  await page.getByRole('button', { name: 'Cancel it' }).click()
  await dialog.getByRole('button', { name: 'Cancel it' }).click()
  await expect(page.getByText('This exercise was cancelled')).toBeVisible()
})
