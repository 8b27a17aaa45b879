import type { ReactNode } from 'react'
import { Group, Title } from '@mantine/core'
import classes from './Panel.module.css'

type PanelProps = { title?: string; actions?: ReactNode; flush?: boolean; children: ReactNode }

/** A sheet on the ground, with an optional heading. `flush`: the content brings its own margins. */
export function Panel({ title, actions, flush, children }: PanelProps) {
  return (
    <section className={classes['panel']} data-flush={flush || undefined} aria-label={title}>
      {(title !== undefined || actions !== undefined) && (
        <Group justify="space-between" className={classes['head']}>
          {title !== undefined && <Title order={2}>{title}</Title>}
          {actions}
        </Group>
      )}
      {children}
    </section>
  )
}
