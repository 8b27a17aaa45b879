import { useMemo, type MouseEvent } from 'react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { marked } from 'marked'
import { useTranslation } from 'react-i18next'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { NotFound } from '../shell/NotFound.tsx'
import { manualPages, readPage } from './manual.ts'
import classes from './HelpScreen.module.css'

/** The manual inside the program: one page for each screen. */
export function HelpScreen() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { page = 'start' } = useParams({ strict: false })
  const known = manualPages.find((one) => one === page)
  const { data, error, refetch } = useQuery({ queryKey: ['manual', page], queryFn: () => readPage(page), enabled: known !== undefined })
  const html = useMemo(() => (data === undefined ? '' : marked.parse(data, { async: false })), [data])
  if (!known) return <NotFound />
  if (error)
    return (
      <Failed told={{ title: t('failed.screen.title'), hint: t('failed.screen.hint'), code: 'screen' }} onRetry={() => void refetch()} />
    )
  const follow = (event: MouseEvent<HTMLElement>) => {
    const link = event.target instanceof Element ? event.target.closest('a')?.getAttribute('href') : null
    const to = /^(?:\.\/)?([a-z-]+)\.md$/.exec(link ?? '')?.[1]
    if (to === undefined) return
    event.preventDefault()
    void navigate({ to: '/help/$page', params: { page: to } })
  }
  return (
    <div className={classes['columns']}>
      <nav className={classes['pages']} aria-label={t('help.pages')}>
        {manualPages.map((one) => (
          <Link
            key={one}
            to="/help/$page"
            params={{ page: one }}
            className={classes['link']}
            activeProps={{ 'data-active': true, 'aria-current': 'page' }}
          >
            {t(`help.page.${one}`)}
          </Link>
        ))}
      </nav>
      {html === '' ? (
        <Loading />
      ) : (
        <article className={classes['text']} onClick={follow} dangerouslySetInnerHTML={{ __html: html }} lang="en" />
      )}
    </div>
  )
}
