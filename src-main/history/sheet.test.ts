import { expect, test } from 'vitest'
import { columnName, xmlText } from './sheet.ts'

test('columns go from A over Z to AA and further', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
})

test('texts keep XML whole, whatever they hold', () => {
  expect(xmlText('<a b="&">')).toBe('&lt;a b=&quot;&amp;&quot;&gt;')
  expect(xmlText('\u0000\u000B\uFFFE')).toBe('_x0000__x000B__xFFFE_')
  expect(xmlText('half \uD83D a letter')).toBe('half \uFFFD a letter')
  expect(xmlText('\u{1F525}')).toBe('\u{1F525}')
  expect(xmlText('_x0041_ and x0041')).toBe('_x005F_x0041_ and x0041')
})
