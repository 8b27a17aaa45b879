import { startTransition, useCallback, useEffect, useRef, useState } from 'react'
import { Fieldset, SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CellFault, Cells, Column } from '#shared/profiles/cells.ts'
import { quantityOf, readKnownPoints, type KnownPoints } from './known-points.ts'
import { PointField } from './PointField.tsx'

const parts = {
  register: ['id', 'title', 'number', 'area', 'type', 'order', 'bit', 'bits'],
  value: ['quantity', 'role', 'scale', 'offset', 'values', 'faults', 'off'],
  write: ['min', 'max', 'step', 'level', 'warn', 'only'],
  rare: ['text', 'factory', 'automatic', 'claim', 'factors', 'often', 'configurable', 'unverified'],
} as const satisfies Record<string, readonly Column[]>

type PointFormProps = { cells: Cells; faults: readonly CellFault[]; onChange: (cells: Cells) => void }

/** Every cell of one point. What is typed shows at once; the table follows when there is time. Made anew for each row. */
export function PointForm({ cells, faults, onChange }: PointFormProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(cells)
  const newest = useRef(cells)
  const [known, setKnown] = useState<KnownPoints>({})
  useEffect(() => void readKnownPoints().then(setKnown), [])
  const set = useCallback(
    (column: Column, value: string) => {
      const quantity = column === 'id' ? quantityOf(known, value) : undefined
      const next = { ...newest.current, [column]: value, ...(quantity === undefined ? {} : { quantity }) }
      newest.current = next
      setTyped(next)
      startTransition(() => onChange(next))
    },
    [known, onChange],
  )
  return (
    <>
      {(Object.keys(parts) as (keyof typeof parts)[]).map((part) => (
        <Fieldset key={part} legend={t(`profiles.part.${part}`)} mb="sm">
          <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs">
            {parts[part].map((column) => {
              const fault = faults.find((one) => one.column === column)
              return (
                <PointField
                  key={column}
                  column={column}
                  value={typed[column]}
                  error={fault && (fault.told ?? t(`profiles.cellFault.${fault.fault}`))}
                  known={column === 'id' ? known : undefined}
                  onSet={set}
                />
              )
            })}
          </SimpleGrid>
        </Fieldset>
      ))}
    </>
  )
}
