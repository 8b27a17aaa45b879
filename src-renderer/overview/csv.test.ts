import { expect, test } from 'vitest'
import { createCalendar } from '#shared/calendar.ts'
import { choiceOf } from './choice.ts'
import { csvOf, type CsvWords } from './csv.ts'
import { tableOf } from './table.ts'
import { now, temperature, town } from './testing/rows.ts'

const words: CsvWords = {
  device: 'Device',
  place: 'Place',
  quality: 'quality',
  read: 'Read',
  heading: (column) => (column === 'flow' ? 'Flow' : column),
  named: ({ shape }, value) => (value === shape.off ? 'OFF' : null),
}
const calendar = createCalendar('Europe/Copenhagen')

function file(said: Parameters<typeof town>[1], comma = false, shapes = [temperature]) {
  const { devices, across } = town(['flow', 'return'], said, shapes)
  const { rows } = tableOf(devices, across, choiceOf({ devices: devices.map(({ id }) => id).join(',') }), ['flow', 'return'], now)
  return csvOf(rows, ['flow', 'return'], words, comma, calendar)
}

test('each row has its values with all digits, their quality and the time', () => {
  expect(file({ Ash: [50.123, null], Elm: [{ value: 48, quality: 'stale' }, undefined] })).toBe(
    [
      '\uFEFFDevice,Place,Flow (°C),Flow: quality,return (°C),return: quality,Read',
      `Ash,Ash Lane,50.123,good,,fault,${calendar.timeAt(now)}`,
      `Elm,Elm Lane,48,stale,,,${calendar.timeAt(now)}`,
      '',
    ].join('\r\n'),
  )
})

test('a decimal comma goes with semicolons', () => {
  expect(file({ Ash: [50.5, 30] }, true).split('\r\n')[1]).toBe(`Ash;Ash Lane;50,5;good;30;good;${calendar.timeAt(now)}`)
})

test('what looks like a formula is not one', () => {
  expect(file({ '=SUM(A1)': [1, 2] })).toContain(`'=SUM(A1),'=SUM(A1) Lane,1`)
})

test('OFF stays a word, and columns of several units name the unit at each value', () => {
  const bar = { ...temperature, is: 'pressure' as const, unit: 'bar' }
  const text = file({ Ash: [7, { value: 2, shape: 1 }], Elm: [8, 3] }, false, [{ ...temperature, off: 7 }, bar])
  expect(text).toContain('Ash,Ash Lane,OFF,good,2 bar,good')
  expect(text).toContain('Elm,Elm Lane,8,good,3 °C,good')
  expect(text.split('\r\n')[0]).toContain(',return,return: quality,')
})
