import type { Device } from '#shared/devices/contract.ts'

/** Whether every word of the text stands somewhere in the name, place, application, controller or address. */
export function matches(device: Device, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const { identity, address } = device
  const said =
    `${device.name} ${device.place} ${identity.application ?? ''} ${identity.model} ${identity.serial ?? ''} ${address.host} ${device.tags.join(' ')}`.toLowerCase()
  return words.every((word) => said.includes(word))
}
