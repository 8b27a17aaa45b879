import { expect, test } from 'vitest'
import { checkInput, draftOf, inserted, isWhole, newDraft } from './draft.ts'

test('a point is put where the cursor stands, in place of what is marked', () => {
  expect(inserted('', 0, 0, '[a / b]')).toEqual({ text: '[a / b]', cursor: 7 })
  expect(inserted('1 + 2', 3, 3, '[x]')).toEqual({ text: '1 + [x] 2', cursor: 7 })
  expect(inserted('1 + 2', 4, 5, '[x]')).toEqual({ text: '1 + [x]', cursor: 7 })
  expect(inserted('max(', 4, 4, '[x]').text).toBe('max([x]')
})

test('a draft is whole with a name, a formula and a device', () => {
  const draft = newDraft('')
  expect(isWhole(draft)).toBe(false)
  expect(isWhole({ ...draft, name: 'A', text: '1' })).toBe(false)
  expect(isWhole({ ...draft, name: 'A', text: '1', newDevice: 'Plant' })).toBe(true)
  expect(isWhole({ ...draft, name: ' ', text: '1', device: 'x' })).toBe(false)
  expect(checkInput({ ...draft, share: '' })).toMatchObject({ share: 0.75 })
  expect(checkInput({ ...draft, share: 400, id: 3 })).toMatchObject({ share: 1, id: 3 })
})

test('a stored formula is edited as it stands', () => {
  const stored = { id: 4, name: 'A', device: 'd', is: 'power', text: '[x]', trusting: true, share: 0.5 } as Parameters<typeof draftOf>[0]
  expect(draftOf(stored)).toMatchObject({ id: 4, device: 'd', share: 50, trusting: true })
})
