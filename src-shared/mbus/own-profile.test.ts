import { describe, expect, test } from 'vitest'
import type { FlatProfile } from '../devices/profile.ts'
import { checkProfile } from '../profiles/check.ts'
import { knownPoints } from './known-points.ts'
import { ownProfileName, profileFor } from './own-profile.ts'
import { recogniseMeter } from './recognise.ts'
import { parseSelector, select } from './selector.ts'
import { decodeTelegram } from './telegram.ts'
import { frameBytes, frameNames } from './testing/corpus.ts'

const telegram = (name: string) => decodeTelegram(frameBytes('valid', name))

describe('a meter that no profile knows', () => {
  test.each(frameNames('valid'))('%s gets a sound device file whose points read what the meter says', (name) => {
    const answer = telegram(name)
    const { profile } = checkProfile('user/x/y', profileFor([answer]), new Map())
    // A value kept from the time of an error is not there as that of now.
    const kept = answer.records.some((record) => record.function === 'error')
    const unserved = profile.points.filter((point) => {
      const selector = parseSelector(point.from ?? '')
      return !selector || (!kept && !select([answer], selector, point.is).served)
    })
    expect(unserved.map(({ id }) => id)).toEqual([])
  })

  test('has what is well known under its usual name, and the rest under the name of the record', () => {
    const { points = {}, key } = profileFor([telegram('kamstrup_multical_601')])
    expect(points['energy']).toEqual({ from: 'energy', is: 'energy', role: 'measure' })
    expect(points['maxFlow']).toMatchObject({ from: 'flow/function=maximum', is: 'flow' })
    expect(points['power.maximum.storage1']).toMatchObject({ title: 'Power, maximum, storage 1', role: 'state' })
    expect(key.slice(0, 2)).toEqual(['energy', 'volume'])
  })

  test('shares its file with others of the same make that answer alike, and with no others', () => {
    const nameOf = (name: string) => ownProfileName(telegram(name).header.identity, profileFor([telegram(name)]))
    expect(nameOf('example_data_01')).toBe(nameOf('example_data_02'))
    expect(nameOf('SEN_Sensus-PolluTherm')).not.toBe(nameOf('sen_pollutherm'))
  })
})

test('every well-known point has a selector', () => {
  for (const { from } of Object.values(knownPoints)) expect(parseSelector(from)).not.toBeNull()
})

describe('a meter is recognised', () => {
  const made = (id: string, meter: FlatProfile['meter']) => ({ id, meter }) as FlatProfile
  const profiles = [
    made('mbus/kamstrup', { manufacturer: 'KAM' }),
    made('mbus/multical', { manufacturer: 'KAM', media: [4, 12] }),
    made('mbus/multical-601', { manufacturer: 'KAM', media: [4], versions: [8] }),
    made('other', undefined),
  ]
  const identity = { id: '06855817', manufacturer: 'KAM', version: 8, medium: 4 }

  test.each([
    [identity, 'mbus/multical-601'],
    [{ ...identity, version: 9 }, 'mbus/multical'],
    [{ ...identity, version: null }, 'mbus/multical'],
    [{ ...identity, medium: 2 }, 'mbus/kamstrup'],
    [{ ...identity, manufacturer: 'XYZ' }, undefined],
    [{ ...identity, manufacturer: null }, undefined],
    [null, undefined],
  ])('%j', (who, id) => expect(recogniseMeter(profiles, who)?.id).toBe(id))
})
