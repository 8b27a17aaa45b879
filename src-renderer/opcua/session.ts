import { useEffect, useState } from 'react'
import { startDraft, type Draft } from './draft.ts'

const place = 'hearthgrid.opcua'

/** The wizard goes on where it was left in this session, even after a reload; what was typed as a password is gone then. */
export function useDraft(): [Draft, (change: Partial<Draft>) => void, () => void] {
  const [draft, setDraft] = useState(remembered)
  useEffect(() => sessionStorage.setItem(place, JSON.stringify(draft)), [draft])
  return [draft, (change) => setDraft((before) => ({ ...before, ...change })), () => setDraft(startDraft)]
}

function remembered(): Draft {
  const text = sessionStorage.getItem(place)
  return text === null ? startDraft : readDraft(text)
}

/** What was remembered, or a new beginning when that is not what this version writes. */
export function readDraft(text: string): Draft {
  try {
    const found: unknown = JSON.parse(text)
    if (typeof found !== 'object' || found === null) return startDraft
    const fields = Object.entries(startDraft).map(([key, usual]) => {
      const value = (found as Record<string, unknown>)[key]
      const fits = Array.isArray(usual) ? Array.isArray(value) : typeof value === typeof usual || (key === 'port' && value === '')
      return [key, fits ? value : usual]
    })
    return Object.fromEntries(fields) as Draft
  } catch {
    return startDraft
  }
}
