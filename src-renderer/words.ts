import { createContext, use, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { roles } from '#shared/contract.ts'
import { Failure, type FailureParams } from '#shared/failures.ts'
import { HostUnreachable } from './client.ts'
import { createFormat, type Format } from './format.ts'
import { useCall } from './host.ts'

export type Told = { title: string; hint: string | null; code: string }

/** Texts whose key is only known when the program runs, such as the name of a point. Empty when there is none. */
export type Lookup = (key: string, params?: Record<string, unknown>) => string

export function useLookup(namespace: 'points' | 'values' | 'failures'): Lookup {
  const { i18n } = useTranslation()
  const language = i18n.language
  return useMemo(() => {
    const fixed = i18n.getFixedT(language, namespace as 'ui') as unknown as (key: string, params: Record<string, unknown>) => string
    // These files are flat: the dots belong to the key.
    return (key, params) => fixed(key, { defaultValue: '', keySeparator: false, ...params })
  }, [i18n, language, namespace])
}

/** What went wrong and what to do, in the words of the operator. */
export function useFailureText(): (error: unknown) => Told {
  const { t } = useTranslation()
  const lookup = useLookup('failures')
  return useMemo(() => (error) => tell(error, t, lookup), [t, lookup])
}

function tell(error: unknown, t: TFunction, lookup: Lookup): Told {
  if (error instanceof HostUnreachable)
    return { title: t('failed.unreachable.title'), hint: t('failed.unreachable.hint'), code: 'unreachable' }
  if (error instanceof Failure) return tellCode(error.code, error.params, lookup, t)
  return { title: t('failed.unknown.title'), hint: t('failed.unknown.hint'), code: 'unknown' }
}

export function tellCode(code: string, params: FailureParams, lookup: Lookup, t: TFunction): Told {
  const role = code === 'access.denied' ? roles.find((name) => name === params['needed']) : undefined
  const words = role ? { ...params, needed: t(`role.${role}`) } : params
  const title = lookup(`${code}.title`, words)
  return { title: title === '' ? t('failed.code', { code }) : title, hint: lookup(`${code}.hint`, words) || null, code }
}

export const FormatContext = createContext<Format | undefined>(undefined)

/** Number, date and age to text, in the language of the screen and the time zone of the installation. */
export function useFormat(): Format {
  const format = use(FormatContext)
  if (!format) throw new Error('no FormatContext above')
  return format
}

/** Made once for all screens, since the browser's formatters are slow to make. */
export function useHostFormat(): Format {
  const { i18n } = useTranslation()
  const { data } = useCall('system.about', {})
  const zone = data?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  return useMemo(() => createFormat(regional(i18n.language), zone), [i18n.language, zone])
}

/** The browser's own region of the chosen language when it has one, so that en-GB keeps its dates. */
function regional(language: string): string {
  const own = navigator.languages.find((tag) => tag.slice(0, 2) === language && tag.length > 2)
  return own ?? (language === 'en' ? 'en-GB' : language)
}
