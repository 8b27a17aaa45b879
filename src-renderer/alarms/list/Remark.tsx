import { useState } from 'react'
import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAction } from '../../host.ts'
import { Failed } from '../../ui/Failed.tsx'
import { useFailureText } from '../../words.ts'

/** A remark for whoever looks at the alarm next. */
export function Remark({ id }: { id: string }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const comment = useAction('alarms.comment')
  const [text, setText] = useState('')
  return (
    <Stack gap="xs">
      <Textarea
        label={t('alarms.list.remark')}
        autosize
        minRows={2}
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {comment.error && <Failed told={tell(comment.error)} />}
      <Group>
        <Button
          size="xs"
          variant="default"
          disabled={text.trim() === ''}
          loading={comment.isPending}
          onClick={() => comment.mutate({ id, text: text.trim() }, { onSuccess: () => setText('') })}
        >
          {t('save')}
        </Button>
      </Group>
    </Stack>
  )
}
