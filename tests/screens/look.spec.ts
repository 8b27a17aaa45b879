import { expect, townTest as test } from './fixtures.ts'
import { keepPicture, saturatedShare, sideways } from './picture.ts'

// A healthy plant has no strong colour; what remains are edges of letters.
const healthyShare = 0.0005

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen is calm, fits and loads without errors (${scheme})`, async ({ signedIn: page, hearthgrid }, info) => {
    test.setTimeout(180_000)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    await page.emulateMedia({ colorScheme: scheme })
    await expect
      .poll(async () => (await hearthgrid.call('devices.list', {})).filter(({ contact }) => contact.state === 'online').length, {
        timeout: 60_000,
      })
      .toBe(34)
    const [device] = await hearthgrid.call('devices.list', {})
    const screens: [name: string, path: string, ready: string][] = [
      ['devices', '/devices', '[data-key="flow"] [data-number]'],
      ['values', `/devices/${device?.id}`, '[data-point="outdoor"] [data-number]'],
      ['settings', `/devices/${device?.id}/settings`, '[data-point] [data-number]'],
      ['chart', `/devices/${device?.id}/chart`, '.scatterlayer .js-line'],
      ['charts', `/charts?series=${device?.key.map(({ series }) => series).join(',')}`, '.scatterlayer .js-line'],
      ['live-chart', `/live?series=${device?.key.map(({ series }) => series).join(',')}`, '.js-plotly-plot .xtick'],
      ['about', `/devices/${device?.id}/about`, 'dl'],
      ['connect', '/connect', 'ol'],
      ['communication', '/communication', '[data-state="online"]'],
      ['controllers', '/profiles', '[data-profile]'],
      ['points', '/profiles/edit?from=danfoss/ecl310-a266.1', '[role="table"] [role="row"]'],
      ['opcua', '/connect/opcua', 'main form'],
      ['table', '/connect/table', 'main button'],
      ['gateways', '/gateways', 'main button'],
      ['meters', '/meters', 'main :text("kWh")'],
      ['overview', '/overview', '[role="rowheader"] a'],
      ['readings', `/readings?series=${device?.key.map(({ series }) => series).join(',')}`, '[data-at] [data-number]'],
      ['consumption', '/energy', 'main [data-meter]'],
      ['warnings', '/energy/warnings', 'main button'],
      ['line', `/communication/${device?.id}`, 'main tbody tr'],
      ['overrides', '/overrides', 'main h1'],
      ['practice', '/practice', '[data-exercise]'],
      ['inputs', `/devices/${device?.id}/inputs`, 'main button'],
      ['help', '/help/start', 'article table'],
    ]
    for (const [name, path, ready] of screens) {
      await page.goto(hearthgrid.url + path)
      await expect(page.locator(ready).first()).toBeAttached({ timeout: 30_000 })
      const picture = await keepPicture(page, info, `${name}-${scheme}`)
      expect(await sideways(page), `${name} scrolls sideways`).toBe(0)
      expect(await saturatedShare(page, picture), `${name} is colourful`).toBeLessThan(healthyShare)
    }
    expect(errors).toEqual([])
  })
}

test('brightness and language are chosen in the menu and stay', async ({ signedIn: page }) => {
  await page.getByRole('button', { name: 'You and this browser' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.getByRole('menuitemradio', { name: 'Deutsch' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect(page.getByRole('heading', { name: 'Geräte' })).toBeVisible()
})
