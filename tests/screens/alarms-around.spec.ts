import type { Page } from '@playwright/test'
import type { AlarmTest, RuleContentInput } from '#shared/alarms/rule.ts'
import { expect, startHearthgrid, test, type Hearthgrid } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

let own: Hearthgrid
let device: { id: string; name: string }

const rule = (name: string, test: AlarmTest, devices: string[]): RuleContentInput => ({
  name,
  description: '',
  enabled: true,
  test,
  priority: 'high',
  scope: { by: 'devices', devices },
  while: [],
  onDelayS: 0,
  offDelayS: 0,
  latched: false,
  cause: '',
  consequence: '',
  action: '',
  respondMinutes: null,
  link: '',
  notify: { steps: [], resolved: false, schedule: null },
  overrides: [],
})

// What is set up here is lasting, so that no other file sees it.
test.beforeAll(async () => {
  test.setTimeout(180_000)
  own = await startHearthgrid(['--demo', '--demo-days', '2'])
  const { stations } = await own.call('simulator.town', {})
  const names = new Set(stations.map((station) => station.device))
  const found = (await own.call('devices.list', {})).find(({ id, profile }) => names.has(id) && profile.includes('a266'))
  if (!found) throw new Error('the town has no house with an A266')
  device = found
  const limit: AlarmTest = { kind: 'limit', points: ['circuit1.flow'], highHigh: null, high: 5, low: null, lowLow: null, deadband: 1 }
  await own.call('alarms.addRule', { content: rule('Supply too warm', limit, [device.id]), library: null })
  await expect.poll(async () => (await own.call('alarms.summary', {})).open, { timeout: 90_000 }).toBe(1)
})
test.afterAll(() => own.stop())

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 600
async function open(page: Page, path: string) {
  await page.goto(await own.signInUrl())
  await page.goto(own.url + path)
}

test('the page of a device tells its alarms, its rules and the alarm settings in the controller', async ({ page }, info) => {
  await open(page, `/devices/${device.id}/alarms`)
  const now = page.getByRole('region', { name: 'Alarms now' })
  await expect(now.getByRole('link', { name: 'Supply too warm' })).toBeVisible()
  await expect(now).toContainText('limit 5.0 °C')
  await expect(page.getByRole('region', { name: 'What came up' })).toContainText('stands')
  await expect(page.getByRole('region', { name: 'Rules that look at this device' })).toContainText('Supply too warm')
  await expect(page.getByRole('region', { name: 'Alarms in the controller' })).toContainText('No alarm. 32 alarms are watched.')
  const settings = page.getByRole('region', { name: 'Alarm settings in the controller' })
  await expect(settings.locator('[data-point="circuit1.alarmLimit.upperDifference"]')).toContainText('OFF')
  expect(await sideways(page)).toBe(0)
  await keepPicture(page, info, 'device-alarms')

  await settings
    .getByRole('button', { name: /lowest temperature/i })
    .first()
    .click()
  await expect(page.getByRole('dialog')).toContainText(/Now in the controller\d/)
  await page.getByRole('dialog').getByLabel('New value').fill('28')
  await page.getByRole('dialog').getByRole('button', { name: 'Write to the controller' }).click()
  await expect(settings.locator('[data-point="circuit1.alarmLimit.lowestTemperature"]')).toContainText('28')

  await now.getByRole('link', { name: 'Supply too warm' }).click()
  await expect(page).toHaveURL(/\/alarms\?alarm=/)
})

test('whoever works on a device holds its alarms back, and brings them again', async ({ page }) => {
  await open(page, `/devices/${device.id}/alarms`)
  await page.getByRole('button', { name: 'Work on it' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What is being done').fill('Pump replaced')
  await dialog.getByRole('button', { name: 'Work on it' }).click()
  await expect(page.getByText(/Being worked on until/)).toBeVisible()
  await expect(page.getByText(/Pump replaced/)).toBeVisible()
  await expect(page.getByText('Nothing stands on this device.')).toBeVisible()
  await page.getByRole('button', { name: 'End the work' }).click()
  await expect(page.getByRole('region', { name: 'Alarms now' }).getByRole('link', { name: 'Supply too warm' })).toBeVisible()
})

test('list, map and table of houses mark the device that has an alarm, and lead to it', async ({ page }) => {
  await open(page, '/devices')
  const mark = page.locator(`[data-device="${device.id}"]`).getByRole('link', { name: '1 open alarm, High' })
  await page.getByPlaceholder(/Filter by name|Name, place/).fill(device.name)
  await expect(mark).toBeVisible()
  const summary = page.getByRole('region', { name: 'Alarms now' })
  await expect(summary).toContainText('1 not acknowledged')
  await mark.click()
  await expect(page).toHaveURL(new RegExp(`/alarms\\?device=${device.id}`))

  await page.goto(`${own.url}/town?look=table`)
  await expect(page.locator(`[data-row="${device.name}"]`).getByRole('link', { name: '1 open alarm, High' })).toBeVisible()
  await page.goto(`${own.url}/town`)
  await page.locator(`[data-alarm-of="${device.name}"] [data-priority="high"]`).click()
  await expect(page).toHaveURL(new RegExp(`/alarms\\?device=${device.id}`))
})

test('an alarm stands on the chart and leads to itself', async ({ page }) => {
  await open(page, `/devices/${device.id}/chart?points=circuit1.flow`)
  await page.getByRole('button', { name: /^1 alarm/ }).click()
  const row = page.locator('[data-marker="alarm"]')
  await expect(row).toContainText('stands')
  await row.getByRole('link', { name: /Supply too warm/ }).click()
  await expect(page).toHaveURL(/\/alarms\?alarm=/)
})

test('people, a list and hours are set up, and a test message says plainly what came of it', async ({ page }, info) => {
  const name = isPhone(page) ? 'Anna' : 'Night desk'
  await open(page, '/alarms/notify')
  await page.getByRole('button', { name: 'Add a recipient' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByLabel('E-mail address').fill('night')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toContainText('This is not an e-mail address.')
  await dialog.getByLabel('E-mail address').fill('night@example.org')
  await dialog.getByRole('button', { name: 'Save' }).click()
  const row = page.locator(`[data-recipient="${name}"]`)
  await expect(row).toContainText('night@example.org')
  await row.getByRole('button', { name: 'Test E-mail' }).click()
  await expect(row.getByRole('status')).toContainText('Not sent to night@example.org: This way is switched off.')

  await page.goto(`${own.url}/alarms/notify?part=lists`)
  await page.getByRole('button', { name: 'Make a list' }).click()
  await dialog.getByLabel('Name', { exact: true }).fill(`List ${name}`)
  await dialog.getByRole('checkbox', { name }).check()
  await dialog.getByRole('switch', { name: 'Take turns, a week each' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator(`[data-list="List ${name}"]`)).toContainText(`Now: ${name}`)

  await page.goto(`${own.url}/alarms/notify?part=schedules`)
  await page.getByRole('button', { name: 'Make a schedule' }).click()
  await dialog.getByLabel('Name', { exact: true }).fill(`Hours ${name}`)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.locator(`[data-schedule="Hours ${name}"]`)).toContainText('07:00–16:00')
  expect(await sideways(page)).toBe(0)
  await keepPicture(page, info, 'alarm-schedules')
})

test('a password of the mail server is written and never shown again', async ({ page }) => {
  await open(page, '/alarms/notify?part=channels')
  const mail = page.getByRole('region', { name: 'E-mail' })
  await mail.getByLabel('Mail server').fill('127.0.0.1')
  await mail.getByLabel('Sender').fill('hearthgrid@example.org')
  await mail.getByLabel('Password', { exact: true }).fill('secret words')
  await mail.getByRole('button', { name: 'Save' }).click()
  await expect(mail).toContainText('Saved')
  await page.reload()
  await expect(mail).toContainText('One is kept.')
  await expect(mail.getByLabel('Password', { exact: true })).toHaveValue('')
  expect(await sideways(page)).toBe(0)
})

test('a new alarm is shown by the computer while nobody looks at the page, once', async ({ page, context }) => {
  await context.grantPermissions(['notifications'])
  await page.addInitScript(() => {
    const shown: string[] = []
    Object.assign(globalThis, { shown })
    document.hasFocus = () => false
    const kept = Notification
    const spy = new Proxy(kept, {
      construct(target, [title, options]: [string, NotificationOptions]) {
        shown.push(`${title} | ${options.body ?? ''}`)
        return Reflect.construct(target, [title, options]) as Notification
      },
    })
    globalThis.Notification = spy
  })
  await open(page, '/alarms/notify')
  const notices = page.getByRole('switch', { name: 'Show alarms while this page is in the background' })
  await notices.click()
  await expect(notices).toBeChecked()
  const shown = () => page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown)
  expect(await shown()).toEqual([])
  const name = isPhone(page) ? 'Return warm' : 'Return too warm'
  const limit: AlarmTest = { kind: 'limit', points: ['circuit1.return'], highHigh: null, high: 5, low: null, lowLow: null, deadband: 1 }
  const made = await own.call('alarms.addRule', { content: rule(name, limit, [device.id]), library: null })
  await expect.poll(shown, { timeout: 90_000 }).toEqual([expect.stringMatching(new RegExp(`^High: ${name} \\| ${device.name}`))])
  await own.call('alarms.removeRule', { id: made.id })
})
