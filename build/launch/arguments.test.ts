import { join, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { known, sortArguments, swallowed, usage } from './arguments.mjs'

const here = join(sep, 'somewhere')

describe('the words of the command line', () => {
  test('go to the launcher or to the program, in both ways of writing a value', () => {
    const sorted = sortArguments(['--headless', '--port', '8080', '--data=a b', '--demo', '--host', '0.0.0.0', '--print-token'], here)
    expect(sorted.trouble).toBeNull()
    expect([...sorted.launcher]).toEqual(['--headless'])
    expect(sorted.program).toEqual(['--port', '8080', '--data', join(here, 'a b'), '--demo', '--host', '0.0.0.0', '--print-token'])
  })

  test.each([
    [['--heedless'], 'Unknown option --heedless'],
    [['start'], 'Unknown option start'],
    [['--port'], '--port needs a value (--port N)'],
    [['--data', '--demo'], '--data needs a value (--data DIR)'],
    [['--port', '70000'], '--port must be a number from 0 to 65535, not 70000'],
    [['--demo-days', '801'], '--demo-days must be a number from 0 to 800, not 801'],
    [['--demo-days=-1'], '--demo-days must be a number from 0 to 800, not -1'],
    [['--port=-1'], '--port must be a number from 0 to 65535, not -1'],
    [['--demo=yes'], '--demo takes no value'],
    [['--constructor'], 'Unknown option --constructor'],
  ])('%j is refused with words', (words, trouble) => {
    expect(sortArguments(words, here).trouble).toBe(trouble)
  })

  test('are all named in the usage', () => {
    for (const flag of Object.keys(known)) expect(usage()).toContain(flag)
  })

  test('that npm kept for itself are noticed', () => {
    expect(swallowed({ npm_config_headless: 'true', npm_config_cache: 'x' })).toEqual(['headless'])
    expect(swallowed({ npm_config_print_token: 'true' })).toEqual(['print-token'])
    expect(swallowed({})).toEqual([])
  })
})
