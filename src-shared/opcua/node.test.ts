import { expect, test } from 'vitest'
import { parseNode, stepText } from './node.ts'
import { worthOf } from './policy.ts'

test.each([
  ['i=2258', { kind: 'id', namespace: 0, id: 'i=2258' }],
  ['ns=2;s=Boiler.Flow', { kind: 'id', namespace: 2, id: 's=Boiler.Flow' }],
  ['nsu=urn:plant;s=a;b', { kind: 'id', namespace: 'urn:plant', id: 's=a;b' }],
  [
    '/2:Boiler/2:Flow',
    {
      kind: 'path',
      steps: [
        { namespace: 2, name: 'Boiler' },
        { namespace: 2, name: 'Flow' },
      ],
    },
  ],
  ['/nsu=http:&/&/x.y&/z;A&&B', { kind: 'path', steps: [{ namespace: 'http://x.y/z', name: 'A&B' }] }],
  ['/Server', { kind: 'path', steps: [{ namespace: 0, name: 'Server' }] }],
])('%s is understood', (text, ref) => {
  expect(parseNode(text)).toEqual(ref)
})

test.each(['', '/', '//', 'hello', 'ns=99999;i=1', 'i=abc', 'i=12345678901', 'g=1', `s=${'x'.repeat(500)}`, '/a'.repeat(40)])(
  '%s is no node',
  (text) => {
    expect(parseNode(text)).toBeNull()
  },
)

test('a step is written so that it reads back the same', () => {
  for (const namespace of [0, 3, 'urn:a/b&c'])
    for (const name of ['Flow', 'a/b', 'a&b', '1:2', 'nsu=urn:x;y', '&/', ':']) {
      expect(parseNode(stepText({ namespace, name }))).toEqual({ kind: 'path', steps: [{ namespace, name }] })
    }
})

test('a policy that nobody here knows is refused like a broken one', () => {
  expect(['Basic256Sha256', 'Basic256', 'None', 'Basic128Rsa15', 'Quantum', 'constructor'].map(worthOf)).toEqual([
    'strong',
    'old',
    'none',
    'refused',
    'refused',
    'refused',
  ])
})
