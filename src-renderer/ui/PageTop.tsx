import type { ReactNode } from 'react'
import { Group, Text, Title } from '@mantine/core'
import classes from './PageTop.module.css'

type PageTopProps = { title: string; note?: ReactNode; children?: ReactNode }

/** The head of a screen: its name, one quiet line about it, and what can be done here. */
export function PageTop({ title, note, children }: PageTopProps) {
  return (
    <header className={classes['top']}>
      <div className={classes['words']}>
        <Title order={1}>{title}</Title>
        {note !== undefined && (
          <Text size="sm" c="dimmed" component="div">
            {note}
          </Text>
        )}
      </div>
      {children !== undefined && <Group gap="xs">{children}</Group>}
    </header>
  )
}
