/** The characters of the 7 bit alphabet of SMS (3GPP TS 23.038), and those that take two places. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const double = new Set('^{}\\[~]|€')
const plain: Record<string, string> = {
  '°': '',
  '³': '3',
  '²': '2',
  '–': '-',
  '—': '-',
  '…': '...',
  '’': "'",
  '„': '"',
  '“': '"',
  '”': '"',
  ł: 'l',
  Ł: 'L',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\u2212': '-',
}
/** Of one SMS in that alphabet. */
const mostPlaces = 160
/** Of two SMS in the other alphabet (UCS-2), in one of which only 67 fit. */
const mostOther = 134

/** Writes a text with the characters of SMS where that can be read; other scripts stay as they are. */
export function plainSms(text: string): string {
  return Array.from(text, (sign) => (isBasic(sign) ? sign : (plain[sign] ?? withoutMarks(sign)))).join('')
}

/**
 * One SMS: the beginning, then as many of the further parts as fit, in their order, and the link when it fits whole. Only the beginning is cut.
 */
export function fitSms(begin: string, further: readonly string[], link: string): string {
  let said = plainSms(begin)
  for (const part of [...further.map(plainSms), plainSms(link)]) {
    if (part === '') continue
    const longer = `${said}, ${part}`
    if (fits(longer)) said = longer
  }
  while (!fits(said)) said = Array.from(said).slice(0, -1).join('')
  return said
}

function fits(text: string): boolean {
  const signs = Array.from(text)
  if (!signs.every(isBasic)) return text.length <= mostOther
  return signs.reduce((sum, sign) => sum + (double.has(sign) ? 2 : 1), 0) <= mostPlaces
}

const isBasic = (sign: string): boolean => basic.has(sign) || double.has(sign)

function withoutMarks(sign: string): string {
  const bare = sign.normalize('NFD').replaceAll(/\p{M}/gu, '')
  return Array.from(bare).every(isBasic) ? bare : sign
}
