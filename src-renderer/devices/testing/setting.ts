import type { Writable } from '../setting-draft.ts'

/** A setting as the host presents it, for tests. */
export const setting = (changes: Omit<Partial<Writable>, 'write'>, write: Partial<Writable['write']> = {}): Writable => ({
  id: 'circuit1.slope',
  series: 1,
  number: 11_175,
  is: 'number',
  unit: '',
  decimals: 1,
  role: 'setting',
  title: null,
  values: null,
  text: null,
  off: null,
  factory: null,
  automatic: null,
  unverified: false,
  served: true,
  configurable: false,
  ...changes,
  write: { min: 0.1, max: 4, step: 0.1, level: 'limited', warn: [], barred: null, ...write },
})
