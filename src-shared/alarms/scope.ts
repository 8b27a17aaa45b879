import type { RuleDevice } from './planned.ts'
import type { Scope } from './rule.ts'

/**
 * Whether a rule applies to a device. Labels are compared as they are written; of `words` each must be in its name or place, in any case of
 * letters. A group that names neither labels nor words has no device: everything is `all`.
 */
export function inScope(scope: Scope, device: Pick<RuleDevice, 'id' | 'name' | 'place' | 'tags' | 'profile'>): boolean {
  if (scope.by === 'devices') return scope.devices.includes(device.id)
  if (scope.except.includes(device.id)) return false
  if (scope.by === 'all') return true
  if (scope.by === 'application') return scope.profiles.includes(device.profile)
  return inGroup(scope, device)
}

function inGroup(group: Extract<Scope, { by: 'group' }>, { name, place, tags }: Pick<RuleDevice, 'name' | 'place' | 'tags'>): boolean {
  const words = group.words.toLowerCase().split(/\s+/).filter(Boolean)
  if (group.labels.length === 0 && words.length === 0) return false
  const has = (label: string) => tags.includes(label)
  const labelled = group.labels.length === 0 || (group.match === 'all' ? group.labels.every(has) : group.labels.some(has))
  const text = `${name} ${place}`.toLowerCase()
  return labelled && words.every((word) => text.includes(word))
}
