import { Stack } from '@mantine/core'
import { useCall } from '../host.ts'
import { FindingCard } from './FindingCard.tsx'
import { urgentFirst } from './urgent.ts'

/** What was found at one meter and still stands. Nothing when there is none. */
export function MeterFindings({ meter, onReplace }: { meter: string; onReplace: () => void }) {
  const { data } = useCall('energy.findings', {})
  const own = data?.filter((finding) => finding.meter === meter) ?? []
  if (own.length === 0) return null
  return (
    <Stack gap="sm">
      {urgentFirst(own).map((finding) => (
        <FindingCard key={finding.id} finding={finding} meterName={null} onReplace={onReplace} />
      ))}
    </Stack>
  )
}
