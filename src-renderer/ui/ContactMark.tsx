import type { Contact } from '#shared/devices/contract.ts'

/** Shape and colour of a contact state: calm circle, hollow circle, amber triangle, crossed square. Never alone: text stands beside it. */
export function ContactMark({ state, size = 12, none }: { state: Contact['state']; size?: number; none?: boolean }) {
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden style={{ flex: 'none', ...(none ? unsaid : {}) }} data-contact={state}>
      {shapes[state]}
    </svg>
  )
}

/** In a count of none the shape keeps its form and gives up its colour. */
const unsaid = { filter: 'grayscale(1)', opacity: 0.55 }

const shapes = {
  online: <circle cx="6" cy="6" r="4" fill="var(--hg-quiet)" />,
  waiting: <circle cx="6" cy="6" r="4" fill="none" stroke="var(--hg-quiet)" strokeWidth="1.6" strokeDasharray="2.2 1.6" />,
  degraded: (
    <g>
      <path d="M6 0.6 11.6 11H0.4Z" fill="var(--hg-caution)" />
      <path d="M6 4.2v3M6 8.6v1.2" stroke="var(--mantine-color-body)" strokeWidth="1.4" />
    </g>
  ),
  offline: (
    <g>
      <rect x="0.5" y="0.5" width="11" height="11" rx="2" fill="var(--hg-abnormal)" />
      <path d="m3.4 3.4 5.2 5.2M8.6 3.4 3.4 8.6" stroke="var(--mantine-color-body)" strokeWidth="1.7" />
    </g>
  ),
}
