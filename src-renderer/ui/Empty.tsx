import type { ReactNode } from 'react'
import { Group, Stack, Text, Title } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'

type EmptyProps = { icon: Icon; title: string; hint: string; children?: ReactNode }

/** Nothing to show, and what to do about it. */
export function Empty({ icon: Drawing, title, hint, children }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py={56} px="md" ta="center">
      <Drawing size={36} stroke={1.2} color="var(--hg-quiet)" aria-hidden />
      <Title order={2}>{title}</Title>
      <Text c="dimmed" maw={460}>
        {hint}
      </Text>
      {children && <Group mt="sm">{children}</Group>}
    </Stack>
  )
}
