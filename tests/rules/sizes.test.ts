import { describe, expect, test } from 'vitest'
import { componentBreaches, nameBreaches, sizeBreaches, smallShare } from './sizes.ts'
import { codeFiles, projectFiles } from './source.ts'

const lines = (count: number) => 'x\n'.repeat(count)

test('no file is longer than its ceiling', () => {
  expect(sizeBreaches(codeFiles())).toEqual([])
})

test('half of the files have less than a hundred lines', () => {
  expect(smallShare(codeFiles())).toBeGreaterThanOrEqual(0.5)
})

test('folders and files say what is in them', () => {
  expect(nameBreaches(projectFiles().filter((path) => /^(src-|tests\/|build\/)/.test(path)))).toEqual([])
})

test('a component file exports the component it is named after', () => {
  expect(componentBreaches(codeFiles())).toEqual([])
})

describe('a planted breach is found', () => {
  test('one line too many', () => {
    const files = [
      { path: 'src-main/a.ts', text: lines(300) },
      { path: 'src-main/b.ts', text: lines(301) },
      { path: 'src-main/a.test.ts', text: lines(500) },
      { path: 'tests/flows/b.test.ts', text: lines(501) },
    ]
    expect(sizeBreaches(files)).toEqual([
      'src-main/b.ts has 301 lines, more than 300',
      'tests/flows/b.test.ts has 501 lines, more than 500',
    ])
  })

  test('too many big files', () => {
    expect(smallShare([10, 99, 100, 250].map((count, i) => ({ path: `src-main/${i}.ts`, text: lines(count) })))).toBe(0.5)
  })

  test.each([
    'src-main/utils/text.ts',
    'src-main/devices/helpers.ts',
    'src-shared/index.ts',
    'src-main/deviceStore.ts',
    'src-renderer/ui/SearchText.ts',
  ])('%s', (path) => {
    expect(nameBreaches([path])).toHaveLength(1)
  })

  test('a component under another name', () => {
    const text = 'export function Other() { return null }'
    expect(componentBreaches([{ path: 'src-renderer/ui/Value.tsx', text }])).toEqual(['src-renderer/ui/Value.tsx does not export Value'])
    expect(componentBreaches([{ path: 'src-renderer/ui/Other.tsx', text }])).toEqual([])
  })
})
