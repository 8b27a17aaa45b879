import { expect, test } from 'vitest'
import { editorOf, enteredOf, isWritable, valueOf } from './setting-draft.ts'
import { setting } from './testing/setting.ts'

test('a number is taken within its range and on its steps, and nothing else', () => {
  const slope = setting({})
  const editor = editorOf(slope)
  expect(editor).toEqual({ kind: 'number', factor: 1, decimals: 1, step: 0.1 })
  expect(valueOf(slope, editor, 1.3)).toEqual({ value: 1.3 })
  expect(valueOf(slope, editor, 0.1 * 3)).toEqual({ value: 0.3 })
  expect(valueOf(slope, editor, 4.1)).toEqual({ fault: 'range' })
  expect(valueOf(slope, editor, 1.25)).toEqual({ fault: 'step' })
  expect(valueOf(slope, editor, '')).toEqual({ fault: 'empty' })
})

test('whole minutes are entered as minutes, seconds as seconds', () => {
  const postRun = setting({ is: 'duration', unit: 's', decimals: 0 }, { min: 60, max: 5940, step: 60 })
  expect(editorOf(postRun)).toEqual({ kind: 'number', factor: 60, decimals: 0, step: 1 })
  expect(valueOf(postRun, editorOf(postRun), 10)).toEqual({ value: 600 })
  const runTime = setting({ is: 'duration', unit: 's', decimals: 0 }, { min: 15, max: 250, step: 1 })
  expect(valueOf(runTime, editorOf(runTime), 35)).toEqual({ value: 35 })
})

test('a state is chosen among those that may be written', () => {
  const mode = setting({ values: { '0': 'mode.manual', '1': 'mode.scheduled', '2': 'mode.comfort' } }, { min: 1, max: 4, step: 1 })
  expect(editorOf(mode)).toEqual({ kind: 'list', values: [1, 2] })
  expect(valueOf(mode, editorOf(mode), 0)).toEqual({ fault: 'range' })
  expect(editorOf(setting({}, { min: 1, max: 5, step: 1, only: [4, 1, 2] }))).toEqual({ kind: 'list', values: [1, 2, 4] })
})

test('what is barred, or is no setting, cannot be edited', () => {
  expect(isWritable(setting({}))).toBe(true)
  expect(isWritable(setting({}, { barred: 'part' }))).toBe(false)
  expect(isWritable({ ...setting({}), write: null })).toBe(false)
})

test('a time of day is entered as one', () => {
  const start = setting({ text: 'clock' }, { min: 0, max: 2345, step: 1 })
  const editor = editorOf(start)
  expect(isWritable(start)).toBe(true)
  expect(editor).toEqual({ kind: 'time' })
  expect(enteredOf(start, editor, 630)).toBe(390)
  expect(valueOf(start, editor, 390)).toEqual({ value: 630 })
  expect(valueOf(start, editor, 24 * 60)).toEqual({ fault: 'range' })
})
