import { describe, expect, test } from 'vitest'
import { closingLine, countPlaywright, countVitest, sum, tally } from './results.mjs'

const file = (name: string, statuses: string[], status = 'passed', message = '') => ({
  name,
  status,
  message,
  assertionResults: statuses.map((one) => ({ status: one })),
})
const vitest = (testResults: object[], counts: Partial<Record<'Passed' | 'Failed' | 'Pending' | 'Todo', number>>) => ({
  numPassedTests: counts.Passed ?? 0,
  numFailedTests: counts.Failed ?? 0,
  numPendingTests: counts.Pending ?? 0,
  numTodoTests: counts.Todo ?? 0,
  testResults,
})

describe('vitest’s report', () => {
  test('is counted', () => {
    const report = vitest([file('/x/src-main/a.test.ts', ['passed', 'failed', 'skipped'], 'failed')], {
      Passed: 1,
      Failed: 1,
      Pending: 1,
      Todo: 1,
    })
    expect(countVitest(report, 1, ['src-main'])).toEqual(tally(1, 1, 2))
  })

  test('with a file that did not load is a failure', () => {
    const report = vitest(
      [file('/x/src-main/a.test.ts', [], 'failed', 'Cannot find module\n at x'), file('/x/src-main/b.test.ts', ['passed'])],
      { Passed: 1 },
    )
    expect(countVitest(report, 1, ['src-main'])).toEqual(tally(1, 1, 0, ['/x/src-main/a.test.ts did not run: Cannot find module']))
  })

  test('of a run that ended badly without a failed test is a failure', () => {
    const report = vitest([file('/x/src-main/a.test.ts', ['passed'])], { Passed: 1 })
    expect(countVitest(report, 1, ['src-main']).failed).toBe(1)
  })

  test('in which a folder ran nothing is a failure, also when all of it was skipped', () => {
    const report = vitest([file('C:\\x\\src-main\\a.test.ts', ['passed']), file('/x/tests/flows/a.test.ts', ['skipped'])], {
      Passed: 1,
      Pending: 1,
    })
    expect(countVitest(report, 0, ['src-main', 'tests/flows', 'tests/chaos'])).toEqual(
      tally(1, 2, 1, ['no test ran in tests/flows', 'no test ran in tests/chaos']),
    )
  })

  test('that is missing is a failure', () => {
    expect(countVitest(undefined, 0, []).failed).toBe(1)
  })
})

describe('Playwright’s report', () => {
  const suites = [
    {
      specs: [{ tests: [{ projectName: 'phone-size', status: 'expected' }] }],
      suites: [{ specs: [{ tests: [{ projectName: 'desktop', status: 'skipped' }] }] }],
    },
  ]

  test('is counted, and a test that passed only at its second try has failed', () => {
    const report = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }, errors: [], suites }
    expect(countPlaywright(report, 1, ['phone-size'])).toEqual(tally(3, 2, 2))
  })

  test('with an error outside the tests, or with a project that ran nothing, is a failure', () => {
    const report = { stats: { expected: 1, unexpected: 0, flaky: 0, skipped: 1 }, errors: [{ message: 'No browser\n at x' }], suites }
    expect(countPlaywright(report, 1, ['phone-size', 'desktop'])).toEqual(tally(1, 2, 1, ['No browser', 'no test ran in desktop']))
  })

  test('that is missing, or of a run that ended badly, is a failure', () => {
    expect(countPlaywright(undefined, 0, []).failed).toBe(1)
    expect(countPlaywright({ stats: { expected: 1, unexpected: 0, flaky: 0, skipped: 0 }, suites }, 1, []).failed).toBe(1)
  })
})

test('the closing line sums all parts', () => {
  expect(closingLine(sum([tally(2, 0, 1), tally(3, 1, 0), tally(1, 0, 0)]))).toBe('6 passed, 1 failed, 1 skipped')
})
