const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const quietMs = 15_000

/**
 * Runs a long step and shows that it lives: a spinner with seconds on a terminal, else a line at its start, one every
 * 15 s and one at its end. Returns what the step returns; its error passes through after a line says that it failed.
 */
export async function step(title, run, out = process.stderr) {
  const startedAt = performance.now()
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1)
  let frame = 0
  const live = out.isTTY === true
  if (!live) out.write(`${title} …\n`)
  const timer = setInterval(
    () => {
      if (live) out.write(`\r${frames[frame++ % frames.length]} ${title} … ${Math.floor(Number(seconds()))} s `)
      else out.write(`${title} … ${Math.floor(Number(seconds()))} s\n`)
    },
    live ? 120 : quietMs,
  )
  const end = (mark, words) => {
    clearInterval(timer)
    out.write(`${live ? '\r\u001b[2K' : ''}${mark} ${title}: ${words} ${seconds()} s\n`)
  }
  try {
    const result = await run()
    end('✓', 'done in')
    return result
  } catch (error) {
    end('✗', 'failed after')
    throw error
  }
}
