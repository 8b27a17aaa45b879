import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { LineMessage } from '#shared/acquisition/line.ts'
import { frameWords, type FrameWords } from '#shared/acquisition/frame-words.ts'
import type { Way } from '#shared/devices/way.ts'
import { tellCode, useFormat, useLookup } from '../words.ts'

export type MessageText = { time: string; hex: string; words: string; isTrouble: boolean }

const mostWords = 12
const quiet = new Set(['opened', 'echoed', 'late', 'unasked'])
const notes = [
  'silent',
  'crc',
  'short',
  'noise',
  'unit',
  'function',
  'byteCount',
  'length',
  'echo',
  'transaction',
  'frame',
  'late',
  'unasked',
  'echoed',
  'opened',
] as const

/** What a message says, in the language of the screen. */
export function useMessageText(way: Way): (message: LineMessage) => MessageText {
  const { t } = useTranslation()
  const format = useFormat()
  const failures = useLookup('failures')
  return useMemo(() => {
    const wordsOf = (said: FrameWords): string => {
      const unit = t('communication.unit', { unit: said.unit })
      if (said.kind === 'refusal') return `${unit}: ${t('doctor.message.refusal', { exception: said.exception })}`
      const area = t(`doctor.area.${said.area}`)
      if (said.kind === 'answer') return `${unit}: ${listOf(said.words)}`
      if (said.kind === 'write') return `${unit}: ${t('doctor.message.write', { area, address: said.address, words: listOf(said.words) })}`
      return `${unit}: ${t(`doctor.message.${said.kind}`, { area, address: said.address, count: said.count })}`
    }
    const noteOf = (note: string) => {
      const known = notes.find((one) => one === note)
      return known ? t(`doctor.note.${known}`) : tellCode(note, {}, failures, t).title
    }
    return ({ at, direction, hex, note }) => {
      const said = note === null || quiet.has(note) ? frameWords(way, direction, bytesOf(hex)) : null
      const words = [said && wordsOf(said), note === null ? null : noteOf(note)].filter(Boolean).join(' · ')
      const isTrouble = (note !== null && !quiet.has(note)) || said?.kind === 'refusal'
      return { time: `${format.timeSeconds(at)}.${String(at % 1000).padStart(3, '0')}`, hex: spaced(hex), words, isTrouble }
    }
  }, [t, format, failures, way])
}

const bytesOf = (hex: string) => Uint8Array.from({ length: hex.length >> 1 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16))
const spaced = (hex: string) => hex.toUpperCase().replaceAll(/(..)(?=.)/g, '$1 ')
const listOf = (words: readonly number[]) => `${words.slice(0, mostWords).join(' ')}${words.length > mostWords ? ' …' : ''}`
