import { linkAddress, selectionBytes, type Selection } from './address.ts'
import { baudCommands, type Baud } from './baud.ts'
import { buildFrame } from './frame.ts'

/** Control fields that a master sends. `countBit` changes between one request and the next, so that a repeat is known as one. */
export const control = { reset: 0x40, send: 0x53, request: 0x5b, countBit: 0x20, fromMaster: 0x40 } as const

export const selectCommand = 0x52

/** Sets the link of a meter back: the next request is a first one, and multi-telegram answers start at the beginning. */
export function resetRequest(address: number): Uint8Array {
  return buildFrame({ kind: 'short', control: control.reset, address })
}

/** Asks for data. The same count bit as before asks for the same telegram again. */
export function dataRequest(address: number, countBit: boolean): Uint8Array {
  return buildFrame({ kind: 'short', control: control.request | (countBit ? control.countBit : 0), address })
}

/** Makes the meters meant answer under the address of the selected one, and all others not. */
export function selectRequest(selection: Selection): Uint8Array {
  const data = selectionBytes(selection)
  return buildFrame({ kind: 'long', control: control.send, address: linkAddress.selected, ci: selectCommand, data })
}

export function baudRequest(address: number, baud: Baud): Uint8Array {
  return buildFrame({ kind: 'long', control: control.send, address, ci: baudCommands[baud], data: new Uint8Array() })
}
