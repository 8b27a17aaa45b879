import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'

/** Languages whose screens are translated; a string missing in one shows in English. */
export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

const namespaces = ['ui', 'points', 'values', 'failures'] as const
const remembered = 'hearthgrid.language'
const files = import.meta.glob<{ default: Record<string, unknown> }>(
  '../resources/locales/*/{ui,points,values,failures,alarm-library}.json',
)

/** The chosen language, else the first of the browser's that is there, else English. */
export function firstLanguage(storage: Storage, wishes: readonly string[]): Language {
  for (const wish of [storage.getItem(remembered) ?? '', ...wishes.map((tag) => tag.slice(0, 2))]) {
    if (wish in languages) return wish as Language
  }
  return 'en'
}

export async function openTexts(language: Language): Promise<i18n> {
  const texts = createInstance()
  texts.use({
    type: 'backend',
    read(tongue: string, namespace: string, done: (error: unknown, data: Record<string, unknown> | null) => void) {
      const load = files[`../resources/locales/${tongue}/${namespace}.json`]
      if (!load) return done(null, {})
      load().then(
        (file) => done(null, file.default),
        (error: unknown) => done(error, null),
      )
    },
  })
  texts.use(initReactI18next)
  texts.on('languageChanged', (tongue) => {
    document.documentElement.lang = tongue
  })
  await texts.init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: Object.keys(languages),
    ns: [...namespaces],
    defaultNS: 'ui',
    interpolation: { escapeValue: false },
    react: { useSuspense: true },
  })
  return texts
}

export async function chooseLanguage(texts: i18n, language: Language, storage: Storage): Promise<void> {
  storage.setItem(remembered, language)
  await texts.changeLanguage(language)
}
