import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { Order } from '../order.ts'
import classes from './SortButton.module.css'

type SortButtonProps = { label: string; order: Order | null; onClick: () => void }

/** A column heading that sorts. The parent cell carries aria-sort. */
export function SortButton({ label, order, onClick }: SortButtonProps) {
  const Arrow = order === 'descending' ? IconChevronDown : IconChevronUp
  return (
    <UnstyledButton className={classes['sort']} onClick={onClick} data-active={order !== null || undefined}>
      {label}
      <Arrow size={13} stroke={2} aria-hidden className={classes['arrow']} />
    </UnstyledButton>
  )
}
