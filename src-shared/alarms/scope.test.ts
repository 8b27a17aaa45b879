import { expect, test } from 'vitest'
import type { Scope } from './rule.ts'
import { inScope } from './scope.ts'

const device = { id: 'a', name: 'Mill Lane 3', place: 'North Side', tags: ['school', 'north'], profile: 'danfoss/ecl310-a266.1' }
const group: Extract<Scope, { by: 'group' }> = { by: 'group', labels: [], match: 'any', words: '', except: [] }

test.each<[string, Scope, boolean]>([
  ['all', { by: 'all', except: [] }, true],
  ['all but this one', { by: 'all', except: ['a'] }, false],
  ['all but another one', { by: 'all', except: ['b'] }, true],
  ['a list with it', { by: 'devices', devices: ['b', 'a'] }, true],
  ['a list without it', { by: 'devices', devices: ['b'] }, false],
  ['a group by one of its labels', { ...group, labels: ['school', 'clinic'] }, true],
  ['a group by labels of which it has none', { ...group, labels: ['clinic'] }, false],
  ['a group by labels that it has all of', { ...group, labels: ['north', 'school'], match: 'all' }, true],
  ['a group by labels of which it lacks one', { ...group, labels: ['north', 'clinic'], match: 'all' }, false],
  ['a label is the whole word', { ...group, labels: ['nor'] }, false],
  ['a group by words of its name and place, in any case', { ...group, words: ' lane  NORTH ' }, true],
  ['a group by a word that is in neither', { ...group, words: 'lane south' }, false],
  ['a group by label and word', { ...group, labels: ['school'], words: 'south' }, false],
  ['a group without this one', { ...group, labels: ['school'], except: ['a'] }, false],
  ['a group that names nothing has nobody', group as Scope, false],
  ['its application', { by: 'application', profiles: ['danfoss/ecl310-a266.1'], except: [] }, true],
  ['its application without this one', { by: 'application', profiles: ['danfoss/ecl310-a266.1'], except: ['a'] }, false],
  ['another application', { by: 'application', profiles: ['danfoss/ecl310-a266'], except: [] }, false],
])('%s', (_name, scope, expected) => expect(inScope(scope, device)).toBe(expected))
