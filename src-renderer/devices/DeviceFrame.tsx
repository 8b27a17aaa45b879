import { Group } from '@mantine/core'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Failure } from '#shared/failures.ts'
import { useCall, useNow } from '../host.ts'
import { deviceTabs } from '../device-tabs.ts'
import { ContactText } from '../ui/ContactText.tsx'
import { Failed } from '../ui/Failed.tsx'
import { Loading } from '../ui/Loading.tsx'
import { PageTop } from '../ui/PageTop.tsx'
import { SimulatedMark } from '../ui/SimulatedMark.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { ContactNotice } from './ContactNotice.tsx'
import { DeviceContext } from '../device-context.ts'
import classes from './DeviceFrame.module.css'

/** Name, contact and tabs of one device, around whichever tab is open. */
export function DeviceFrame() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false })
  const { data, error, refetch } = useCall('devices.get', { id })
  const tell = useFailureText()
  const format = useFormat()
  const now = useNow()
  if (!data) {
    if (!error) return <Loading />
    const gone = error instanceof Failure && error.code === 'notFound'
    const told = gone ? { title: t('device.gone.title'), hint: t('device.gone.hint'), code: 'notFound' } : tell(error)
    return <Failed told={told} {...(gone ? {} : { onRetry: () => void refetch() })} centred />
  }
  const { identity, contact } = data
  const about = [identity.application, identity.model, data.place].filter(Boolean).join(' · ')
  return (
    <DeviceContext value={data}>
      <PageTop
        title={data.name}
        note={
          <Group gap={6}>
            {about}
            {data.simulated && <SimulatedMark />}
          </Group>
        }
      >
        <ContactText state={contact.state} note={t('contact.since', { span: format.span(now - contact.since) })} />
      </PageTop>
      <nav className={classes['tabs']} aria-label={t('device.tabs.label')}>
        {deviceTabs
          .filter((tab) => tab.shown?.(data) ?? true)
          .map((tab) => (
            <Link
              key={tab.path}
              to={`/devices/$id${tab.path === '/' ? '' : tab.path}`}
              params={{ id }}
              className={classes['tab']}
              activeOptions={{ exact: true, includeSearch: false }}
              activeProps={{ 'data-active': true, 'aria-current': 'page' }}
            >
              <tab.icon size={17} stroke={1.6} aria-hidden />
              {t(tab.title)}
            </Link>
          ))}
      </nav>
      <ContactNotice device={data} />
      <Outlet />
    </DeviceContext>
  )
}
