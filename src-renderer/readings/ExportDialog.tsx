import { useState } from 'react'
import { Button, Checkbox, Group, Modal, Progress, Stack, Text } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText, useFormat } from '../words.ts'
import { Choice } from './Choice.tsx'
import { usualChoice, type ExportChoice } from './export-choice.ts'
import type { Question } from './pages.ts'
import { useExport } from './use-export.ts'

/** The button and the dialog that save what the table shows, all of its rows, as a file. */
export function ExportDialog({ question }: { question: Question }) {
  const { t, i18n } = useTranslation()
  const format = useFormat()
  const tell = useFailureText()
  const [opened, { open, close }] = useDisclosure(false)
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [choice, setChoice] = useState<ExportChoice>(() => usualChoice(format.separators))
  const { state, share, name, error, run, cancel } = useExport()
  const set = (change: Partial<ExportChoice>) => setChoice({ ...choice, ...change })
  const leave = () => {
    cancel()
    close()
  }
  const csv = choice.format === 'csv'
  const percent = Math.floor((share ?? 0) * 100)
  return (
    <>
      <Button variant="default" leftSection={<IconDownload size={17} stroke={1.6} />} onClick={open}>
        {t('readings.export.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={leave}
        title={t('readings.export.title')}
        fullScreen={phone ?? false}
        transitionProps={{ duration: 0 }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('readings.export.what', {
              count: question.series.length,
              period: `${format.dateTime(question.from)} – ${format.dateTime(question.to)}`,
              step: t(`readings.step.${question.step}`),
            })}
          </Text>
          <Choice
            label={t('readings.export.format')}
            value={choice.format}
            data={[
              { value: 'csv', label: t('readings.export.csv') },
              { value: 'xlsx', label: t('readings.export.xlsx') },
            ]}
            onChange={(value) => set({ format: value })}
          />
          {csv && (
            <>
              <Choice
                label={t('readings.export.delimiter')}
                value={choice.delimiter}
                data={[
                  { value: 'semicolon', label: t('readings.export.semicolon') },
                  { value: 'comma', label: t('readings.export.comma') },
                  { value: 'tab', label: t('readings.export.tab') },
                ]}
                onChange={(delimiter) => set({ delimiter })}
              />
              <Choice
                label={t('readings.export.decimal')}
                value={choice.decimal}
                data={[
                  { value: 'comma', label: t('readings.export.decimalComma') },
                  { value: 'point', label: t('readings.export.decimalPoint') },
                ]}
                onChange={(decimal) => set({ decimal })}
              />
            </>
          )}
          <Choice
            label={t('readings.export.zone')}
            value={choice.zone}
            data={[
              { value: 'local', label: t('readings.export.local', { zone: format.timeZone }) },
              { value: 'utc', label: t('readings.export.utc') },
            ]}
            onChange={(zone) => set({ zone })}
          />
          <Checkbox
            label={t('readings.export.quality')}
            checked={choice.quality}
            onChange={(event) => set({ quality: event.currentTarget.checked })}
          />
          {csv && (
            <Checkbox
              label={t('readings.export.bom')}
              checked={choice.bom}
              onChange={(event) => set({ bom: event.currentTarget.checked })}
            />
          )}
          {error !== null && error !== undefined && <Failed told={tell(error)} />}
          {state === 'running' && (
            <Stack gap={4} role="status">
              <Progress value={percent} aria-label={t('readings.export.progress')} transitionDuration={200} color="gray" />
              <Text size="sm" c="dimmed">
                {share === null ? t('readings.export.starting') : t('readings.export.percent', { percent })}
              </Text>
            </Stack>
          )}
          {state === 'done' && name !== null && (
            <Text size="sm" role="status">
              {t('readings.export.done', { name })}
            </Text>
          )}
          <Group justify="flex-end">
            {state === 'running' ? (
              <Button variant="default" onClick={cancel}>
                {t('readings.export.cancel')}
              </Button>
            ) : (
              <Button onClick={() => void run(question, choice, i18n.language)}>{t('readings.export.run')}</Button>
            )}
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
