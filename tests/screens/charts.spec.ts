import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { hasForeignPeers } from '../../build/launch/foreign.mjs'
import { expect, townTest as test, type Hearthgrid } from './fixtures.ts'
import { keepPicture } from './picture.ts'

const dayMs = 24 * 60 * 60_000

const lines = (page: Page) => page.locator('.scatterlayer .js-line[style*="stroke-width: 1.7px"]')

/** Flow temperatures of two houses, and the flow of water through the meter of one. */
async function chosen(hearthgrid: Hearthgrid) {
  const flows = (await hearthgrid.call('devices.points', { point: ['circuit1.flow'] })).points.slice(0, 2)
  const water = (await hearthgrid.call('devices.points', { point: ['meter1.flow'] })).points.slice(0, 1)
  return [...flows, ...water]
}

async function openCharts(page: Page, hearthgrid: Hearthgrid, words = '', known?: Awaited<ReturnType<typeof chosen>>) {
  const points = known ?? (await chosen(hearthgrid))
  await page.goto(`${hearthgrid.url}/charts?series=${points.map(({ point }) => point.series).join()}${words}`)
  await expect(lines(page).first()).toBeAttached()
  return points
}

test('values of several devices share a chart, with an axis for each unit', async ({ signedIn: page, hearthgrid }, info) => {
  const points = await openCharts(page, hearthgrid, '&period=week')
  // Both flow temperatures have a desired one.
  await expect(lines(page)).toHaveCount(5)
  for (const { deviceName, point } of points) await expect(page.locator(`tr[data-series="${point.series}"]`)).toContainText(deviceName)
  await expect(page.locator('.ytick text, .y2tick text').filter({ hasText: '°C' })).toHaveCount(1)
  await expect(page.locator('.ytick text, .y2tick text').filter({ hasText: 'm³/h' })).toHaveCount(1)
  await keepPicture(page, info, 'charts-week')
  await page.getByRole('link', { name: 'As a table' }).click()
  await expect(page).toHaveURL(/readings\?.*series=.*period=week/)
})

test('without a choice the screen says how to make one', async ({ signedIn: page, hearthgrid }) => {
  await page.goto(`${hearthgrid.url}/charts`)
  await expect(page.getByText('No value chosen')).toBeVisible()
})

test('the same days of a year before are asked for and told beside', async ({ signedIn: page, hearthgrid }) => {
  await openCharts(page, hearthgrid)
  const asked = page.waitForRequest((request) => {
    const query = new URL(request.url()).searchParams
    const past = Date.now() - Number(query.get('to'))
    return request.url().includes('/history/chart') && past > 360 * dayMs && past < 370 * dayMs
  })
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await page.getByRole('checkbox', { name: 'A year before' }).check()
  await asked
  await expect(page).toHaveURL(/past=on/)
  await expect(page.getByRole('columnheader', { name: 'A year before' })).toBeVisible()
})

test('a changed setting is marked, and told with old and new', async ({ signedIn: page, hearthgrid }) => {
  const [flow] = await chosen(hearthgrid)
  const id = flow?.device ?? ''
  const held = async () => (await hearthgrid.call('devices.readSettings', { id, points: ['circuit1.slope'] }))[0]?.value ?? 0
  const before = await held()
  const after = before > 1 ? before - 0.1 : before + 0.1
  const value = Math.round(after * 10) / 10
  await hearthgrid.call('devices.write', { id, point: 'circuit1.slope', value, expect: before })
  await hearthgrid.call('devices.write', { id, point: 'circuit1.slope', value: before, expect: value })
  await openCharts(page, hearthgrid)
  await page.getByRole('button', { name: /changes of settings/ }).click()
  await expect(
    page
      .getByRole('listitem')
      .filter({ hasText: `Heat curve slope: ${before.toFixed(1)} → ${value.toFixed(1)}` })
      .first(),
  ).toBeVisible()
})

test('a chart is saved as a document: text as text, fonts inside, the plot as lines', async ({ signedIn: page, hearthgrid }) => {
  const points = await chosen(hearthgrid)
  const [flow] = points
  const name = flow?.deviceName ?? ''
  await hearthgrid.call('devices.change', { id: flow?.device ?? '', name: 'Żółty Дом' })
  try {
    await openCharts(page, hearthgrid, '&period=week', points)
    await page.getByRole('button', { name: 'Save' }).click()
    const [document] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'PDF, A4' }).click()])
    expect(document.suggestedFilename()).toMatch(/^Żółty Дом, .*\d{4}-\d\d-\d\d\.pdf$/)
    const path = await document.path()
    const bytes = readFileSync(path).toString('latin1')
    expect(bytes).toMatch(/\/MediaBox \[0 0 841\.\d+ 595\.\d+\]/)
    expect(bytes).not.toMatch(/\/Subtype ?\/Image/)
    if (!hasForeignPeers) return
    const text = execFileSync('pdftotext', ['-layout', path, '-']).toString()
    for (const words of ['Żółty Дом', 'Flow temperature', 'm³/h', '°C', 'Printed', 'local times of the installation'])
      expect(text).toContain(words)
    const fonts = execFileSync('pdffonts', [path]).toString().trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThan(0)
    for (const font of fonts) expect(font).toMatch(/Noto.*TrueType\s+Identity-H\s+yes/)
    expect(execFileSync('pdfimages', ['-list', path]).toString().trim().split('\n')).toHaveLength(2)
  } finally {
    await hearthgrid.call('devices.change', { id: flow?.device ?? '', name })
  }
})

test('a chart is saved as a picture', async ({ signedIn: page, hearthgrid }) => {
  await openCharts(page, hearthgrid)
  await page.getByRole('button', { name: 'Save' }).click()
  const [picture] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Picture (PNG)' }).click()])
  const bytes = readFileSync(await picture.path())
  expect(bytes.subarray(1, 4).toString()).toBe('PNG')
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([2246, 1588])
})
