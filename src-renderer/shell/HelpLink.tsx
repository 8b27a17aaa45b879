import { IconHelpCircle } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { helpFor } from '../screens.ts'

/** Opens the page of the manual that explains the screen one is on. */
export function HelpLink({ className }: { className: string }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const inHelp = pathname.startsWith('/help/')
  return (
    <Link
      to="/help/$page"
      params={inHelp ? true : { page: helpFor(pathname) }}
      className={className}
      activeProps={{ 'data-active': true }}
      aria-keyshortcuts="F1"
    >
      <IconHelpCircle size={19} stroke={1.6} aria-hidden />
      <span>{t('help.title')}</span>
    </Link>
  )
}
