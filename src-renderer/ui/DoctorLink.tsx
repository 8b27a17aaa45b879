import { IconStethoscope } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useActor } from '../host.ts'
import { ButtonLink } from './ButtonLink.tsx'

/** To what passes on the line of a device. Nothing for who may not look at it. */
export function DoctorLink({ device, short }: { device: string; short?: boolean }) {
  const { t } = useTranslation()
  const { may } = useActor()
  if (!may('basic')) return null
  const icon = <IconStethoscope size={16} stroke={1.6} aria-hidden />
  const params = { device }
  return short ? (
    <ButtonLink
      to="/communication/$device"
      params={params}
      size="compact-sm"
      variant="subtle"
      color="gray"
      aria-label={t('doctor.open')}
      title={t('doctor.open')}
    >
      {icon}
    </ButtonLink>
  ) : (
    <ButtonLink to="/communication/$device" params={params} size="compact-sm" variant="default" leftSection={icon}>
      {t('doctor.open')}
    </ButtonLink>
  )
}
