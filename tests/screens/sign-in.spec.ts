import { expect, test } from './fixtures.ts'
import { keepPicture } from './picture.ts'

test('without a session the page explains where the link is, and takes it', async ({ page, hearthgrid }, info) => {
  await page.goto(hearthgrid.url)
  await expect(page.getByText('prints a sign-in link when it starts')).toBeVisible()
  await keepPicture(page, info, 'sign-in')
  const field = page.getByLabel('Sign-in link or token')
  await field.fill('good morning')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('This is not a sign-in link')).toBeVisible()
  await expect(field).toHaveValue('good morning')

  await field.fill(await hearthgrid.signInUrl())
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: 'You and this browser' })).toBeVisible()
})

test('a link works once, leaves the address bar, and says so when it is used up', async ({ page, hearthgrid, browser }) => {
  const link = await hearthgrid.signInUrl()
  await page.goto(link)
  await expect(page.getByRole('button', { name: 'You and this browser' })).toBeVisible()
  expect(page.url()).not.toContain('launch')

  const other = await browser.newPage()
  await other.goto(link)
  await expect(other.getByRole('alert')).toContainText('Nobody is signed in')
  expect(other.url()).not.toContain('launch')
  await other.close()
})

test('signing out leads back to the door', async ({ signedIn: page }) => {
  await page.getByRole('button', { name: 'You and this browser' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByLabel('Sign-in link or token')).toBeVisible()
})
