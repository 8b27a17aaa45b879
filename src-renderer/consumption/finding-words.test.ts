import { expect, test } from 'vitest'
import { statusOf } from './finding-words.ts'

test.each([
  [0, []],
  [0x10, ['temporaryError']],
  [0x07, ['abnormal', 'powerLow']],
  [0xe9, ['busy', 'permanentError', 'maker']],
])('status byte %s says what the meter reports', (byte, words) => expect(statusOf(byte)).toEqual(words))
