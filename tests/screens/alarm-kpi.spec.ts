import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src-main/database.ts'
import { expect, startHearthgrid, test, type Hearthgrid } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A data folder in which alarms stood on three houses in the last weeks. */
async function folderOfAlarms(now: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'hearthgrid-screens-'))
  const { database, close } = openDatabase(join(folder, 'config.sqlite'))
  let number = 0
  const raise = (deviceName: string, raisedAt: number, clearedAt: number | null) =>
    database
      .insertInto('alarmOccurrence')
      .values({
        id: `o${(number += 1)}`,
        alarm: `r1|${deviceName}|circuit1.flow|low`,
        rule: 'r1',
        ruleName: 'Supply too cold',
        kind: 'limit',
        priority: 'medium',
        device: null,
        deviceName,
        place: '',
        point: 'circuit1.flow',
        part: 'low',
        series: null,
        quantity: 'temperature',
        value: 40,
        limitValue: 45,
        raisedAt,
        clearedAt,
        acknowledgedAt: null,
        acknowledgedBy: null,
        comment: null,
        resetAt: null,
        endedAt: null,
        hidden: null,
        beneath: null,
      })
      .execute()
  await raise('School', now - 3 * day, null)
  for (let i = 0; i < 4; i++) await raise('Mill Lane 3', now - 2 * day + i * 10_000, now - 2 * day + i * 10_000 + 5000)
  for (let i = 0; i < 12; i++) await raise(`House ${i}`, now - 2 * hour + i * 20_000, now - hour)
  await close()
  return folder
}

let folder: string
let alarmed: Hearthgrid
test.beforeAll(async () => {
  folder = await folderOfAlarms(Date.now())
  alarmed = await startHearthgrid([], folder)
})
test.afterAll(async () => {
  await alarmed.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a page says how good the alarms are, names bad actors, and prints a report', async ({ page }, info) => {
  await page.goto(await alarmed.signInUrl())
  await page.goto(`${alarmed.url}/alarms/kpi?period=week&date=${new Date(Date.now() - 2 * day).toLocaleDateString('sv-SE')}`)
  const chattering = page.getByRole('region', { name: 'Chattering' })
  await expect(chattering).toContainText('Mill Lane 3')
  await expect(chattering).toContainText('widen the deadband')
  await expect(chattering.getByRole('link', { name: 'To the rule' })).toHaveAttribute('href', /\/alarms\/rules\/edit\?rule=r1/)
  await expect(page.locator('[data-figure="chattering"]')).toContainText('not met')
  expect(await sideways(page)).toBe(0)
  await keepPicture(page, info, 'alarm-kpi')
  await page.getByRole('button', { name: 'Report' }).click()
  const printed = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Report as PDF' }).click()
  const file = await (await printed).path()
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
})

test('a month without alarms says so', async ({ page }) => {
  await page.goto(await alarmed.signInUrl())
  await page.goto(`${alarmed.url}/alarms/kpi?date=2020-02-15`)
  await expect(page.getByText('No alarm in this period')).toBeVisible()
  await expect(page.getByText('Nothing is shelved or out of service.')).toBeVisible()
  expect(await sideways(page)).toBe(0)
})
