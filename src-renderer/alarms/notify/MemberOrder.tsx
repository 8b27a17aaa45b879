import { ActionIcon, Group, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { moved } from './list-draft.ts'
import classes from './Notify.module.css'

type MemberOrderProps = {
  members: readonly string[]
  recipients: readonly { id: string; name: string }[]
  onChange: (members: string[]) => void
}

/** In which order the members of a rota follow each other. */
export function MemberOrder({ members, recipients, onChange }: MemberOrderProps) {
  const { t } = useTranslation()
  if (members.length < 2) return null
  const nameOf = (id: string) => recipients.find((one) => one.id === id)?.name ?? id
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('alarms.notify.list.order')}
      </Text>
      <ol className={classes['order']}>
        {members.map((id, i) => (
          <li key={id}>
            <Group gap={4} wrap="nowrap">
              <Text size="sm" className={classes['words'] ?? ''}>
                {nameOf(id)}
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={i === 0}
                aria-label={t('alarms.notify.list.up', { name: nameOf(id) })}
                onClick={() => onChange(moved(members, i, -1))}
              >
                <IconArrowUp size={16} stroke={1.7} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={i === members.length - 1}
                aria-label={t('alarms.notify.list.down', { name: nameOf(id) })}
                onClick={() => onChange(moved(members, i, 1))}
              >
                <IconArrowDown size={16} stroke={1.7} aria-hidden />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ol>
    </div>
  )
}
