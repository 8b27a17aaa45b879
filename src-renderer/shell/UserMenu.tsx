import { Suspense, lazy, useState } from 'react'
import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import { IconApi, IconDeviceDesktop, IconLink, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAction, useActor } from '../host.ts'
import { chooseLanguage, languages, type Language } from '../i18n.ts'
import { apiPage } from '../screens.ts'

const LinkDialog = lazy(() => import('./LinkDialog.tsx').then((file) => ({ default: file.LinkDialog })))
const schemes = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const

/** Everything about the person and this browser: link for another one, language, brightness, sign out. */
export function UserMenu() {
  const { t, i18n } = useTranslation()
  const { actor, may } = useActor()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const signOut = useAction('users.signOut')
  const [linking, setLinking] = useState(false)
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }} width={260} closeOnItemClick={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" size={36} aria-label={t('user.menu')}>
            <IconUserCircle size={22} stroke={1.5} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {actor && (
            <Menu.Label>
              {actor.name} · {t(`role.${actor.role}`)}
            </Menu.Label>
          )}
          {may('admin') && (
            <Menu.Item closeMenuOnClick leftSection={<IconLink size={16} stroke={1.6} />} onClick={() => setLinking(true)}>
              {t('user.link')}
            </Menu.Item>
          )}
          <Menu.Item component="a" href={apiPage.path} target="_blank" hiddenFrom="sm" leftSection={<IconApi size={16} stroke={1.6} />}>
            {t(apiPage.title)}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t('user.theme')}</Menu.Label>
          <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as keyof typeof schemes)}>
            {(Object.keys(schemes) as (keyof typeof schemes)[]).map((scheme) => {
              const Drawing = schemes[scheme]
              return (
                <Menu.RadioItem key={scheme} value={scheme} rightSection={<Drawing size={16} stroke={1.6} />}>
                  {t(`user.themes.${scheme}`)}
                </Menu.RadioItem>
              )
            })}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Label>{t('user.language')}</Menu.Label>
          <Menu.RadioGroup value={i18n.language} onChange={(language) => void chooseLanguage(i18n, language as Language, localStorage)}>
            {(Object.keys(languages) as Language[]).map((language) => (
              <Menu.RadioItem key={language} value={language} lang={language}>
                {languages[language]}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconLogout size={16} stroke={1.6} />}
            disabled={signOut.isPending}
            onClick={() => signOut.mutate({}, { onSuccess: () => location.assign('/') })}
          >
            {t('user.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {linking && (
        <Suspense>
          <LinkDialog onClose={() => setLinking(false)} />
        </Suspense>
      )}
    </>
  )
}
