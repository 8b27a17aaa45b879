/** How many tests of a part passed, failed and were skipped, and what to say about it. */
export const tally = (passed, failed, skipped, notes = []) => ({ passed, failed, skipped, notes })

export function sum(tallies) {
  return tallies.reduce((all, one) => tally(all.passed + one.passed, all.failed + one.failed, all.skipped + one.skipped), tally(0, 0, 0))
}

export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/**
 * Counts vitest's JSON report. A file that did not load counts as one failed test, and so does a run that ended badly
 * without a failed test, a missing report, and each folder of `expected` in which nothing ran.
 */
export function countVitest(report, exitCode, expected) {
  if (!report) return tally(0, 1, 0, ['vitest left no report'])
  const notes = []
  const count = tally(report.numPassedTests, report.numFailedTests, report.numPendingTests + (report.numTodoTests ?? 0), notes)
  const files = report.testResults.map((file) => ({ ...file, name: file.name.replaceAll('\\', '/') }))
  for (const file of files)
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'))
      fail(count, `${file.name} did not run: ${firstLine(file.message)}`)
  if (exitCode !== 0 && count.failed === 0) fail(count, `vitest ended with code ${exitCode} (see above)`)
  for (const folder of expected) {
    const ran = files.some((file) => file.name.includes(`/${folder}/`) && file.assertionResults.some(({ status }) => isRun(status)))
    if (!ran) fail(count, `no test ran in ${folder}`)
  }
  return count
}

/** Counts Playwright's JSON report by the same rules; `expected` names projects. */
export function countPlaywright(report, exitCode, expected) {
  if (!report) return tally(0, 1, 0, ['Playwright left no report'])
  const { expected: passed, unexpected, flaky, skipped } = report.stats
  const count = tally(passed, unexpected + flaky, skipped, [])
  for (const error of report.errors ?? []) fail(count, firstLine(error.message))
  if (exitCode !== 0 && count.failed === 0) fail(count, `Playwright ended with code ${exitCode} (see above)`)
  const tests = testsOf(report.suites)
  for (const project of expected)
    if (!tests.some((test) => test.projectName === project && test.status !== 'skipped')) fail(count, `no test ran in ${project}`)
  return count
}

function testsOf(suites = []) {
  return suites.flatMap((suite) => [...(suite.specs ?? []).flatMap((spec) => spec.tests), ...testsOf(suite.suites)])
}

function isRun(status) {
  return status === 'passed' || status === 'failed'
}

function fail(count, note) {
  count.failed += 1
  count.notes.push(note)
}

function firstLine(text = '') {
  return text.trim().split('\n')[0] || 'no message'
}
