import { expect, test } from 'vitest'
import { contentOf, draftOf } from './recipient-draft.ts'

const draft = { ...draftOf(null, 'de'), name: 'Night desk' }

test('what is left empty is no way to reach somebody', () => {
  expect(contentOf({ ...draft, email: ' night@example.org ' })).toEqual({
    content: {
      name: 'Night desk',
      language: 'de',
      active: true,
      alsoResolved: true,
      email: 'night@example.org',
      sms: null,
      webhook: null,
    },
  })
})

test('each field that is wrong is named', () => {
  const wrong = contentOf({ ...draft, name: ' ', email: 'night', sms: 'call me', webhook: 'ftp://example.org' })
  expect('faults' in wrong && [...wrong.faults]).toEqual(['name', 'email', 'sms', 'webhook'])
})
