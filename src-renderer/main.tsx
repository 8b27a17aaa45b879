import './style.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { App } from './App.tsx'
import { firstLanguage, openTexts } from './i18n.ts'
import { openHost } from './open-host.ts'
import { makeRouter } from './router.tsx'
import { exchangeLaunchToken } from './users/launch.ts'

// The page's content policy forbids making functions out of text.
z.config({ jitless: true })

const host = openHost(() => Date.now())
const [texts, launchError] = await Promise.all([
  openTexts(firstLanguage(localStorage, navigator.languages)),
  exchangeLaunchToken(host.call),
])
const root = document.querySelector('#root')
if (!root) throw new Error('no #root in the page')
createRoot(root).render(
  <StrictMode>
    <App host={host} texts={texts} router={makeRouter()} launchError={launchError} />
  </StrictMode>,
)
