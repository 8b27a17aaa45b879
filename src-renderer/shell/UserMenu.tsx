import { useState } from 'react'
import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import { IconApi, IconCheck, IconDeviceDesktop, IconLink, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAction, useActor } from '../host.ts'
import { chooseLanguage, languages, type Language } from '../i18n.ts'
import { apiPage } from '../screens.ts'
import { LinkDialog } from './LinkDialog.tsx'

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
          {(Object.keys(schemes) as (keyof typeof schemes)[]).map((scheme) => {
            const Drawing = schemes[scheme]
            return (
              <Menu.Item
                key={scheme}
                role="menuitemradio"
                aria-checked={colorScheme === scheme}
                leftSection={<Drawing size={16} stroke={1.6} />}
                rightSection={colorScheme === scheme ? <IconCheck size={15} /> : null}
                onClick={() => setColorScheme(scheme)}
              >
                {t(`user.themes.${scheme}`)}
              </Menu.Item>
            )
          })}
          <Menu.Divider />
          <Menu.Label>{t('user.language')}</Menu.Label>
          {(Object.keys(languages) as Language[]).map((language) => (
            <Menu.Item
              key={language}
              role="menuitemradio"
              aria-checked={i18n.language === language}
              rightSection={i18n.language === language ? <IconCheck size={15} /> : null}
              onClick={() => void chooseLanguage(i18n, language, localStorage)}
              lang={language}
            >
              {languages[language]}
            </Menu.Item>
          ))}
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
      {linking && <LinkDialog onClose={() => setLinking(false)} />}
    </>
  )
}
