import type { SourceFile } from './source.ts'

// Put together from halves, so that this file does not hold what it looks for.
const word = (...halves: string[]) => halves.join('')

const wrongs: [name: string, pattern: RegExp][] = [
  ['a path of one machine', /(?<![\w.~)}-])\/(?:work|tmp|root|home|Users)\/[\w.]/],
  ['a path of one machine', /\b[A-Z]:\\\\?Users\\/],
  [
    'a package registry',
    new RegExp(
      word(
        'registry',
        String.raw`\.(?:npmjs|yarnpkg|npmmirror)|\b(?:artifac`,
        String.raw`tory|ver`,
        String.raw`daccio)\b|files\.python`,
        'hosted',
      ),
      'i',
    ),
  ],
  ['unfinished work', new RegExp(String.raw`\b(?:${word('TO', 'DO')}|${word('FIX', 'ME')}|${word('X', 'XX')}|${word('HA', 'CK')})\b`)],
  ['unfinished work', new RegExp(word('coming ', 'soon'), 'i')],
  [
    'a check that is switched off',
    new RegExp(word('(?:ox|es|ts)lint-', 'disable') + '|' + word('@ts-', '(?:ignore|expect-error|nocheck)')),
  ],
  ['a test that is switched off', new RegExp(word(String.raw`\b(?:test|it|describe)\.(?:`, String.raw`only|todo|fails)\b`))],
]

/** Lines that speak of one machine, of unfinished work or of a check switched off. */
export function textBreaches(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, i) =>
        wrongs.filter(([, pattern]) => pattern.test(line)).map(([name]) => `${path}:${i + 1} holds ${name}: ${line.trim().slice(0, 100)}`),
      ),
  )
}
