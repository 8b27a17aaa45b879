import { useState } from 'react'
import { Button, FileButton, Group, Select, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCall, useHost } from '../host.ts'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import { mappingsOf } from './document.ts'
import type { Draft } from './draft.ts'

const largest = 1024 * 1024

/** A mapping that was saved before, or one from a file, for one more device of the same kind. */
export function LoadMapping({ onLoad }: { onLoad: (loaded: Partial<Draft>) => void }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { call } = useHost()
  const profiles = useCall('profiles.list', {})
  const [error, setError] = useState<unknown>(null)
  const [refused, setRefused] = useState(false)
  const saved = (profiles.data ?? []).filter(({ protocol, fault }) => protocol === 'opcua' && fault === null)
  const take = (document: Record<string, unknown>, id: string) => {
    const mappings = mappingsOf(document)
    setRefused(mappings === null)
    if (!mappings) return
    const word = (key: string) => (typeof document[key] === 'string' ? document[key] : '')
    onLoad({ mappings, saved: id, template: '', maker: word('maker'), model: word('model'), profileName: word('title') })
  }
  const load = (id: string | null) => {
    if (id === null) return
    setError(null)
    call('profiles.export', { id }).then(({ document }) => take(document, id), setError)
  }
  const open = async (file: File | null) => {
    if (!file) return
    setError(null)
    try {
      const content: unknown = file.size > largest ? null : JSON.parse(await file.text())
      if (typeof content === 'object' && content !== null) take(content as Record<string, unknown>, '')
      else setRefused(true)
    } catch {
      setRefused(true)
    }
  }
  return (
    <>
      <Group align="flex-end">
        {saved.length > 0 && (
          <Select
            label={t('opcua.saved')}
            placeholder={t('opcua.savedNone')}
            data={saved.map(({ profile, title, controller }) => ({ value: profile, label: `${controller} · ${title}` }))}
            value={null}
            onChange={load}
            flex={1}
          />
        )}
        <FileButton onChange={(file) => void open(file)} accept="application/json,.json">
          {(props) => (
            <Button variant="default" {...props}>
              {t('opcua.fromFile')}
            </Button>
          )}
        </FileButton>
      </Group>
      {error !== null && <Failed told={tell(error)} />}
      {refused && <Text size="sm">{t('opcua.notAFile')}</Text>}
    </>
  )
}
