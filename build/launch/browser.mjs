import { spawn } from 'node:child_process'
import { findProgram, hasScreen } from './program.mjs'

/** Program and arguments that open an address in the default browser, or null where nobody would see it. */
export function browserCommand(url, env = process.env, platform = process.platform) {
  if (env.CI || !hasScreen(env, platform)) return null
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url]
  if (platform === 'darwin') return ['open', url]
  const opener = findProgram(['xdg-open'], env, platform)
  return opener ? [opener, url] : null
}

export function openBrowser([command, ...args], onTrouble) {
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', (error) => onTrouble(error))
  child.unref()
}

/** Looks through what the server says; calls `found` once with the address that signs in the first who opens it. */
export function watchForSignIn(found) {
  let text = ''
  let seen = false
  return (chunk) => {
    if (seen) return
    text = (text + chunk).slice(-4000)
    const match = /^Sign-in link[^\n]*?(https?:\/\/\S+)\s*\n/m.exec(text)
    if (!match?.[1]) return
    seen = true
    found(match[1])
  }
}
