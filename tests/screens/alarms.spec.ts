import type { Page } from '@playwright/test'
import type { CallInput } from '#shared/api.ts'
import type { Priority } from '#shared/alarms/priority.ts'
import { expect, startHearthgrid, test, type Hearthgrid } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

type Content = CallInput<'alarms.addRule'>['content']

/** A disk never has so much free space, so the alarm stands as soon as the program looks. */
const tooMuchGb = 1_000_000
const raisedWithinMs = 60_000

const diskRule = (name: string, priority: Priority): Content => ({
  name,
  priority,
  enabled: true,
  description: '',
  scope: { by: 'all', except: [] },
  test: { kind: 'health', checks: ['diskFree'], diskFree: tooMuchGb, backupAge: 24, pollOverrun: 1000 },
  while: [],
  onDelayS: 0,
  offDelayS: 0,
  latched: false,
  cause: 'Old exports fill the disk.',
  consequence: 'Nothing more can be stored.',
  action: 'Look what takes the space\nRemove old exports',
  respondMinutes: 60,
  link: '',
  notify: { steps: [], resolved: false, schedule: null },
  overrides: [],
})

let own: Hearthgrid

test.beforeAll(async () => {
  own = await startHearthgrid()
})
test.afterAll(async () => {
  await own.stop()
})
test.beforeEach(async ({ page }) => {
  await page.goto(await own.signInUrl())
})

const row = (page: Page, name: string) => page.locator('[data-alarm]', { hasText: name })
const list = (page: Page) => page.goto(`${own.url}/alarms`)
const count = (page: Page, view: string) => page.locator(`[data-view="${view}"]`)

test('an alarm is seen at once, acknowledged, shelved with a reason and found in history', async ({ page }, info) => {
  const phone = info.project.name === 'phone-size'
  const name = `Disk nearly full ${info.project.name}`
  const urgent = `Disk quite full ${info.project.name}`
  await list(page)
  const { id } = await own.call('alarms.addRule', { content: diskRule(name, 'medium') })
  const { id: urgentId } = await own.call('alarms.addRule', { content: diskRule(urgent, 'critical') })

  // Both come without the page being asked again, the urgent one first, with its number and its words.
  await expect(row(page, urgent)).toBeVisible({ timeout: raisedWithinMs })
  await expect(row(page, name)).toBeVisible({ timeout: raisedWithinMs })
  await expect(page.locator('[data-alarm]').first()).toContainText(urgent)
  await expect(row(page, urgent).getByRole('img', { name: 'Critical' })).toHaveText(/1/)
  await expect(page.locator('[data-alarm-banner]')).toBeVisible()
  await keepPicture(page, info, 'alarms')
  expect(await sideways(page)).toBe(0)

  // A critical one needs a comment.
  await row(page, urgent).getByRole('button', { name: 'Acknowledge' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Acknowledge 1 alarm')
  await expect(dialog.getByRole('button', { name: 'Acknowledge' })).toBeDisabled()
  await dialog.getByLabel('Comment').fill('I call the technician')
  await dialog.getByRole('button', { name: 'Acknowledge' }).click()
  await expect(row(page, urgent).locator('[data-alarm-state="acknowledged"]')).toBeVisible()
  await expect(row(page, urgent)).toContainText('I call the technician')

  // The keyboard does for the other what a click did; on a phone there is the button.
  if (phone) await row(page, name).getByRole('button', { name: 'Acknowledge' }).click()
  else {
    await row(page, name).focus()
    await page.keyboard.press('a')
  }
  await expect(row(page, name).locator('[data-alarm-state="acknowledged"]')).toBeVisible()
  await expect(page.locator('[data-outcome="acknowledge"]')).toContainText('1 alarm acknowledged.')

  // Opened it tells what to do; a step that is done is kept.
  await row(page, name).getByText(name).click()
  const panel = page.locator('[data-alarm-panel]')
  await expect(panel).toContainText('Old exports fill the disk.')
  await panel.getByLabel('Look what takes the space').click()
  await expect(panel.getByLabel('Look what takes the space')).toBeChecked()
  await expect(panel).toContainText('Step done')
  await keepPicture(page, info, 'alarm-opened')
  expect(await sideways(page)).toBe(0)
  await panel.getByRole('button', { name: phone ? 'Alarms' : 'Close the alarm', exact: true }).click()
  await expect(panel).toBeHidden()

  // Shelving asks for a reason and takes it out of the list; the count says that it is hidden.
  await row(page, name).getByRole('button', { name: 'Shelve' }).click()
  await dialog.getByLabel('Reason').fill('New disk comes tomorrow')
  await dialog.getByRole('button', { name: 'Shelve' }).click()
  await expect(row(page, name)).toBeHidden()
  await expect(count(page, 'shelved')).toContainText('1')
  await count(page, 'shelved').click()
  await expect(row(page, name)).toContainText('New disk comes tomorrow')
  await row(page, name).getByRole('button', { name: 'Bring back' }).click()
  await expect(row(page, name)).toBeHidden()

  await count(page, 'history').click()
  await expect(page.locator('[data-occurrence]', { hasText: urgent })).toBeVisible()
  await keepPicture(page, info, 'alarms-history')
  expect(await sideways(page)).toBe(0)
  for (const one of [id, urgentId]) await own.call('alarms.removeRule', { id: one })
})

test('who may only look sees no actions, and a filter stands in the address', async ({ page }, info) => {
  const name = `Disk watched ${info.project.name}`
  const { id } = await own.call('alarms.addRule', { content: diskRule(name, 'low') })
  await page.route('**/api/v1/session', async (route) => {
    const answer = await route.fetch()
    const body = (await answer.json()) as { actor: object | null }
    await route.fulfill({ response: answer, json: { ...body, actor: body.actor && { ...body.actor, role: 'readonly' } } })
  })
  await list(page)
  await expect(row(page, name)).toBeVisible({ timeout: raisedWithinMs })
  await expect(row(page, name).getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('checkbox')).toHaveCount(0)
  await page.getByRole('searchbox', { name: /Rule, device/ }).fill('nowhere at all')
  await expect(page.getByText('No alarm matches')).toBeVisible()
  await expect(page).toHaveURL(/q=nowhere/)
  await page.getByRole('button', { name: 'Show all' }).first().click()
  await expect(row(page, name)).toBeVisible()
  await own.call('alarms.removeRule', { id })
})

test('of five thousand alarms only those on the screen are drawn, and none moves while one looks at it', async ({ page }, info) => {
  const name = `Disk pattern ${info.project.name}`
  const { id } = await own.call('alarms.addRule', { content: diskRule(name, 'high') })
  await expect.poll(async () => (await own.call('alarms.list', {})).rows.length, { timeout: raisedWithinMs }).toBeGreaterThan(0)
  const { rows, flood, at } = await own.call('alarms.list', {})
  const [pattern] = rows
  if (!pattern) throw new Error('no alarm stands')
  const many = Array.from({ length: 5000 }, (_, i) => ({ ...pattern, id: `many|${i}||`, raisedAt: at - i * 1000, ruleName: `Alarm ${i}` }))
  const shown = [...many]
  await page.route(/\/api\/v1\/alarms\?/, (route) => route.fulfill({ json: { at, rows: shown, flood } }))
  await list(page)
  await expect(row(page, 'Alarm 0').first()).toBeVisible()
  expect(await page.locator('[data-alarm]').count()).toBeLessThan(60)
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
  await expect(row(page, 'Alarm 4999')).toBeVisible()
  expect(await page.locator('[data-alarm]').count()).toBeLessThan(60)
  // Something happens to an alarm: the list is asked for again and has one more.
  shown.push({ ...pattern, id: 'newest|||', raisedAt: at + 1000, ruleName: 'Newest alarm' })
  const before = await row(page, 'Alarm 4999').boundingBox()
  await own.call('alarms.comment', { id: pattern.id, text: 'Seen' })
  const announced = page.getByRole('button', { name: '1 new alarm: show' })
  await expect(announced).toBeVisible()
  expect(await row(page, 'Alarm 4999').boundingBox()).toEqual(before)
  await announced.click()
  await expect(row(page, 'Newest alarm')).toBeVisible()
  await own.call('alarms.removeRule', { id })
})
