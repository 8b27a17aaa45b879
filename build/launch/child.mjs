import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/** Runs a program to its end, keeping what it says. Resolves also when it fails; `error` when it could not start. */
export function capture(command, args, { limitMs = 0, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks = []
    const timer = limitMs ? setTimeout(() => child.kill(), limitMs) : undefined
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    const settle = (result) => {
      clearTimeout(timer)
      resolve({ ...result, text: Buffer.concat(chunks).toString() })
    }
    child.on('error', (error) => settle({ code: 127, error }))
    child.on('close', (code, signal) => settle({ code: exitCode(code, signal), error: undefined }))
  })
}

/** Runs a program on this terminal, hands it the signals this process gets, and resolves with its exit code. */
export function follow(command, args, options = {}, onStart = () => {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    const releases = [passSignals(child), endWithNpm(child)]
    const release = () => releases.forEach((one) => one())
    onStart(child)
    child.on('error', (error) => {
      release()
      reject(error)
    })
    child.on('close', (code, signal) => {
      release()
      resolve(exitCode(code, signal))
    })
  })
}

// A terminal sends Ctrl+C to every process in front of it, so passing it on would make it arrive twice.
function passSignals(child) {
  const signals = process.platform === 'win32' ? ['SIGINT', 'SIGBREAK'] : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']
  const listeners = signals.map((signal) => {
    const listener = () => {
      if (process.stdin.isTTY && (signal === 'SIGINT' || process.platform === 'win32')) return
      child.kill(signal)
    }
    process.on(signal, listener)
    return () => process.off(signal, listener)
  })
  return () => listeners.forEach((remove) => remove())
}

// npm runs scripts in a shell that dies of a signal without passing it on; the program must not live on unseen.
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return () => {}
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    child.kill('SIGTERM')
  }, 250)
  return () => clearInterval(timer)
}

function exitCode(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0)
}
