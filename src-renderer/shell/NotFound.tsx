import { Button } from '@mantine/core'
import { IconMapQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Empty } from '../ui/Empty.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <Empty icon={IconMapQuestion} title={t('notFound.title')} hint={t('notFound.hint')}>
      <Button component={Link} to="/devices">
        {t('devices.title')}
      </Button>
    </Empty>
  )
}
