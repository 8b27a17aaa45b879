import { defineConfig } from '@playwright/test'
import { chromiumFlags, findChromium } from './build/launch/chromium.mjs'
import { electronProgram } from './build/launch/electron.mjs'
import { hasScreen } from './build/launch/program.mjs'

const executablePath = findChromium()
const launchOptions = { args: chromiumFlags, ...(executablePath ? { executablePath } : {}) }

/** Journeys in which nothing depends on the size; that their screens fit a phone is looked at with all others. */
const atDeskOnly = ['chart', 'charts', 'gateways', 'live-chart', 'lost', 'opcua', 'profiles', 'readings', 'sign-in'].map(
  (name) => `**/${name}.spec.ts`,
)

export default defineConfig({
  outputDir: 'tests/.results/playwright',
  snapshotPathTemplate: 'tests/.results/screens/{projectName}/{arg}{ext}',
  forbidOnly: true,
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    browserName: 'chromium',
    launchOptions,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    locale: 'en-GB',
    timezoneId: 'Europe/Copenhagen',
  },
  projects: [
    { name: 'desktop-size', testDir: 'tests/screens', use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'phone-size',
      testDir: 'tests/screens',
      testIgnore: atDeskOnly,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
    ...(hasScreen() && electronProgram() !== null ? [{ name: 'desktop', testDir: 'tests/desktop' }] : []),
  ],
})
