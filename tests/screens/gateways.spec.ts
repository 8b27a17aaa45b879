import { expect, startHearthgrid, test, type Hearthgrid } from './fixtures.ts'
import { keepPicture, sideways } from './picture.ts'

let own: Hearthgrid

test.beforeAll(async () => {
  own = await startHearthgrid()
})
test.afterAll(() => own.stop())

async function send(path: string, token: string, body: unknown): Promise<number> {
  const answer = await fetch(own.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return answer.status
}

test('a gateway gets its token once, and what it sends becomes a device', async ({ page }, info) => {
  const name = `Router ${info.project.name}`
  await page.goto(await own.signInUrl())
  await page.goto(`${own.url}/gateways`)
  await page.getByRole('button', { name: 'Add a gateway' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('button', { name: 'Add a gateway' }).click()
  const token = await dialog.getByLabel('Token', { exact: true }).inputValue()
  const { pathname } = new URL(await dialog.getByLabel('Address', { exact: true }).inputValue())
  await keepPicture(page, info, 'gateway-token')
  await dialog.getByRole('button', { name: 'It is typed in' }).click()
  const panel = page.getByRole('region', { name, exact: true })
  await expect(panel).toBeVisible()
  await expect(page.getByText(token)).toHaveCount(0)

  const at = Math.floor(Date.now() / 1000)
  expect(await send(pathname, token, { device: 'house 12', timestamp: at, flow: 615, boiler: 48.2, note: 'warm' })).toBe(200)
  expect(await send(pathname, 'x'.repeat(43), {})).toBe(401)
  const member = panel.getByRole('region', { name: 'house 12' })
  await member.getByLabel('Point of flow').click()
  await page.getByRole('option', { name: 'Circuit 1: Flow temperature', exact: true }).click()
  await member.getByLabel('Unit in which flow comes').click()
  await page.getByRole('option', { name: 'comes in 0.1 °C', exact: true }).click()
  await expect(member.getByText('61.5 °C')).toBeVisible()
  await member.getByLabel('Point of boiler').click()
  await page.getByRole('option', { name: 'A point of its own' }).click()
  await member.getByLabel('Name for boiler').fill('Boiler')
  await keepPicture(page, info, 'gateway-mapping')
  expect(await sideways(page)).toBe(0)
  await member.getByRole('button', { name: 'Add as a device' }).click()
  await expect(member.getByRole('link', { name: 'house 12' })).toBeVisible()

  await panel.getByRole('tab', { name: 'Last requests' }).click()
  await panel.getByRole('button', { name: 'Wait for the next request' }).click()
  expect(await send(pathname, token, { device: 'house 12', timestamp: at + 1, flow: 620, boiler: 48.3 })).toBe(200)
  await expect(panel.getByText('A request has come; it stands first.')).toBeVisible()
  await expect(panel.locator('summary').first()).toContainText('2 stored')
  await keepPicture(page, info, 'gateway-requests')

  await panel.getByRole('tab', { name: 'What it sends' }).click()
  await member.getByRole('link', { name: 'house 12' }).click()
  await expect(page.getByText('62.0')).toBeVisible()
  await expect(page.getByText('Boiler')).toBeVisible()
  await keepPicture(page, info, 'gateway-device')
})
