import type { ComponentType } from 'react'
import { ActionIcon } from '@mantine/core'

type MapButtonProps = { label: string; icon: ComponentType<{ size?: number; stroke?: number }>; disabled?: boolean; onClick: () => void }

/** One of the buttons that move the map. */
export function MapButton({ label, icon: Icon, disabled = false, onClick }: MapButtonProps) {
  return (
    <ActionIcon variant="default" size={34} disabled={disabled} onClick={onClick} aria-label={label} title={label}>
      <Icon size={18} stroke={1.7} />
    </ActionIcon>
  )
}
