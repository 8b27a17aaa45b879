import { readFileSync } from 'node:fs'
import type { Meter } from '#shared/meters/contract.ts'
import { expect, townTest as test, type Hearthgrid } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

const blank = { designPower: null, permanentFlow: null, smallestFlow: null, side: null, verifiedUntil: null }

/** A meter of the town that has counted for days. */
async function counted(hearthgrid: Hearthgrid): Promise<Meter> {
  const to = Date.now()
  let found: Meter | undefined
  await expect
    .poll(
      async () => {
        const meters = await hearthgrid.call('meters.list', {})
        const { lines } = await hearthgrid.call('energy.consumption', { from: to - 5 * 86_400_000, to, quantity: ['energy'] })
        const line = lines.find(({ total }) => (total.value ?? 0) > 0 && total.valid > 0.5)
        found = meters.find(({ id }) => id === line?.meter)
        return found !== undefined
      },
      { timeout: 90_000, intervals: [1000] },
    )
    .toBe(true)
  if (!found) throw new Error('no meter has counted')
  return found
}

test('what a meter used is shown by day, drawn and in figures, and saved', async ({ signedIn: page, hearthgrid }, info) => {
  const meter = await counted(hearthgrid)
  await page.goto(`${hearthgrid.url}/meters`)
  await expect(page.getByText('kWh').first()).toBeVisible()
  await page.goto(`${hearthgrid.url}/energy?period=week`)
  await page.getByPlaceholder('Filter by name, place or number').fill(meter.name)
  const row = page.locator(`[data-meter="${meter.id}"]`)
  await expect(row).toContainText('kWh')
  await expect(row).toContainText('%')
  await keepPicture(page, info, 'consumption')
  expect(await sideways(page)).toBe(0)

  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as CSV' }).click()
  const file = await (await saving).path()
  const lines = readFileSync(file, 'utf8').trim().split('\r\n')
  expect(lines[0]).toContain('Meter,Serial number,From,To,Used')
  expect(lines.filter((line) => line.includes(meter.name))).toHaveLength(7)

  await row.getByRole('button').click()
  await expect(page.locator('[data-part]')).toHaveCount(7)
  await expect(page).toHaveURL(/meter=/)
  await keepPicture(page, info, 'consumption-meter')
  expect(await sideways(page)).toBe(0)
  await page.getByText('Volume', { exact: true }).click()
  await expect(page.locator('[data-part]').first()).toContainText('m³')
  await page.goBack()
  await expect(row).toBeVisible()
})

test('a warning says what happened and what to do, and is acknowledged', async ({ signedIn: page, hearthgrid }, info) => {
  const meter = await counted(hearthgrid)
  await hearthgrid.call('energy.setPlate', { meter: meter.id, ...blank, verifiedUntil: '2020-12-31' })
  await page.goto(`${hearthgrid.url}/energy/warnings`)
  await page.getByRole('button', { name: 'Check now' }).click()
  const card = page.locator('[data-rule="verification"]')
  await expect(card).toContainText('Verification ends', { timeout: 60_000 })
  await expect(card).toContainText('Plan the exchange of the meter')
  await expect(card).toContainText(meter.name)
  await expect(page.getByText(/Last check/)).toBeVisible()
  await keepPicture(page, info, 'warnings')
  expect(await sideways(page)).toBe(0)

  await page.goto(`${hearthgrid.url}/meters?meter=${encodeURIComponent(meter.id)}`)
  const drawer = page.getByRole('dialog')
  await expect(drawer.locator('[data-rule="verification"]')).toBeVisible()
  await expect(drawer.getByLabel('Verified until')).toHaveValue('2020-12-31')
  await keepPicture(page, info, 'meter-drawer')
  await drawer.getByLabel('What was it?').first().fill('Exchange is planned for May')
  await drawer.locator('[data-rule="verification"]').getByRole('button', { name: 'Acknowledge' }).click()
  await expect(drawer.getByText(/Exchange is planned for May/)).toBeVisible()

  await hearthgrid.call('energy.setPlate', { meter: meter.id, ...blank })
  await hearthgrid.call('energy.check', {})
  await page.goto(`${hearthgrid.url}/energy/warnings`)
  await expect(card).toBeHidden({ timeout: 60_000 })
})
