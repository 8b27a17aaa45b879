import bold from '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf?url'
import regular from '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf?url'

export const printFont = 'Noto Sans'

/** A cut of the font of printed charts, as base64. */
export type Cut = { style: 'normal' | 'bold'; weight: 400 | 700; base64: string }

/** Fetches the font of printed charts, and makes it known to the page, so that texts are measured with it. */
export async function loadPrintFont(): Promise<Cut[]> {
  const cuts = [
    { style: 'normal', weight: 400, address: regular },
    { style: 'bold', weight: 700, address: bold },
  ] as const
  return Promise.all(
    cuts.map(async ({ style, weight, address }) => {
      const answer = await fetch(address)
      if (!answer.ok) throw new Error(`font: status ${answer.status}`)
      const bytes = await answer.arrayBuffer()
      const face = await new FontFace(printFont, bytes, { weight: String(weight) }).load()
      document.fonts.add(face)
      return { style, weight, base64: base64Of(new Uint8Array(bytes)) }
    }),
  )
}

/** Signs of the screen that the font lacks, in signs that it has. */
export function printable(text: string): string {
  return text.replaceAll('→', '›').replaceAll('≥', '>=').replaceAll('≤', '<=').replaceAll('∆', 'Δ')
}

function base64Of(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 8192) parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)))
  return btoa(parts.join(''))
}
