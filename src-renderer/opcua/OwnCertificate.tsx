import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall } from '../host.ts'

/** Hearthgrid's own certificate as a file, for a server that has to be told of it. */
export function OwnCertificate() {
  const { t } = useTranslation()
  const { data } = useCall('opcua.own', {})
  if (!data) return null
  const file = `data:application/x-pem-file;base64,${btoa(data.pem)}`
  return (
    <Group mt={6}>
      <Button component="a" href={file} download="hearthgrid.pem" size="xs" variant="default">
        {t('opcua.ownFile')}
      </Button>
    </Group>
  )
}
