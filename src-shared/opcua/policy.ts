/** Security policies by what they are worth today. Names are the part after `#` in their URI. */
export const policyWorth = {
  Aes256_Sha256_RsaPss: 'strong',
  Aes128_Sha256_RsaOaep: 'strong',
  Basic256Sha256: 'strong',
  Basic256: 'old',
  Basic192: 'old',
  Basic192Rsa15: 'refused',
  Basic128: 'refused',
  Basic128Rsa15: 'refused',
  None: 'none',
} as const

/** `old`: its methods are withdrawn, better than nothing. `none`: everybody on the line can read and change. `refused`: broken, never used. */
export const worths = ['strong', 'old', 'none', 'refused'] as const
export type Worth = (typeof worths)[number]

/** What a policy that we do not know is worth: it is not used. */
export function worthOf(policy: string): Worth {
  return Object.hasOwn(policyWorth, policy) ? policyWorth[policy as keyof typeof policyWorth] : 'refused'
}

const policyBase = 'http://opcfoundation.org/UA/SecurityPolicy#'

export function policyName(uri: string): string {
  return uri.startsWith(policyBase) ? uri.slice(policyBase.length) : uri
}

export function policyUri(name: string): string {
  return policyBase + name
}
