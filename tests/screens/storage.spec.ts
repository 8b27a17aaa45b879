import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, startHearthgrid, test, type Hearthgrid } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

let own: Hearthgrid
let target: string

test.beforeAll(async () => {
  target = mkdtempSync(join(tmpdir(), 'hearthgrid-backups-'))
  own = await startHearthgrid(['--demo', '--demo-days', '3'])
})
test.afterAll(async () => {
  await own.stop()
  for (const folder of [own.dataFolder, target]) rmSync(folder, { recursive: true, force: true })
})

test('an administrator sets up backups, makes one and sees its test restore', async ({ page }, info) => {
  await page.goto(await own.signInUrl())
  await page.goto(`${own.url}/storage`)
  const backups = page.getByRole('region', { name: 'Backups' })
  await expect(backups.getByText('There are no backups')).toBeVisible()
  await keepPicture(page, info, 'storage-first')

  await backups.getByRole('button', { name: 'Set up' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Folder').fill(join(own.dataFolder, 'history'))
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('A backup must not lie with what it protects.')).toBeVisible()
  await keepPicture(page, info, 'storage-refused')
  await dialog.getByLabel('Folder').fill(target)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await backups.getByRole('button', { name: 'Back up now' }).click()
  await expect(backups.getByText('Restored for a test')).toBeVisible({ timeout: 90_000 })
  await expect(backups.getByText(/samples found, all that were stored/)).toBeVisible()
  await expect(backups.getByText('There are no backups')).toHaveCount(0)
  await keepPicture(page, info, 'storage')
  expect(await sideways(page)).toBe(0)
  await page.emulateMedia({ colorScheme: 'dark' })
  await keepPicture(page, info, 'storage-dark')
})

test('everything is exported, downloaded and removed again', async ({ page }, info) => {
  await page.goto(await own.signInUrl())
  await page.goto(`${own.url}/storage`)
  const panel = page.getByRole('region', { name: 'Full export' })
  await panel.getByRole('button', { name: 'Export everything' }).click()
  const link = panel.getByRole('link', { name: /^readings-\d{4}-\d\d\.parquet$/ }).first()
  await expect(link).toBeVisible({ timeout: 90_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  expect(download.suggestedFilename()).toMatch(/^readings-.*\.parquet$/)
  expect(await download.failure()).toBeNull()
  await keepPicture(page, info, 'storage-export')
  await panel.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(link).toHaveCount(0)
})

test('keeping less asks once more and can be taken back', async ({ page }, info) => {
  await page.goto(await own.signInUrl())
  await page.goto(`${own.url}/storage`)
  const panel = page.getByRole('region', { name: 'How long samples stay' })
  await panel.getByLabel('States').selectOption('2 years')
  await panel.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/cannot be had back/)).toBeVisible()
  await keepPicture(page, info, 'storage-retention')
  await dialog.getByRole('button', { name: 'Keep less' }).click()
  await expect(dialog).toBeHidden()
  expect((await own.call('history.retention', {})).retention.state).toBe(24)
  await own.call('history.setRetention', { measurement: null, register: null, state: null, setting: null, calculated: null })
  await expect(panel.getByLabel('States')).toHaveValue('ever')
})
