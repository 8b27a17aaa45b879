import { useMemo, useState } from 'react'
import { Button, Text, UnstyledButton } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import { matches } from '../../find-device.ts'
import { BoxRows } from '../../selection/BoxRows.tsx'
import picker from '../../selection/SelectionPicker.module.css'
import { SearchField } from '../../ui/SearchField.tsx'
import classes from './Wizard.module.css'

type TwoListsProps = { devices: readonly Device[]; chosen: readonly string[]; onChange: (ids: string[]) => void }

/** Devices to be taken into the rule, and those that are in it. A click moves one from list to list; the filter narrows both. */
export function TwoLists({ devices, chosen, onChange }: TwoListsProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { out, inside } = useMemo(() => {
    const taken = new Set(chosen)
    const found = devices.filter((device) => matches(device, text))
    return { out: found.filter(({ id }) => !taken.has(id)), inside: found.filter(({ id }) => taken.has(id)) }
  }, [devices, chosen, text])
  const add = (ids: readonly string[]) => onChange([...new Set([...chosen, ...ids])])
  const drop = (ids: readonly string[]) => {
    const gone = new Set(ids)
    onChange(chosen.filter((id) => !gone.has(id)))
  }
  return (
    <>
      <SearchField label={t('devices.filter')} value={text} onChange={setText} width="100%" />
      <div className={classes['lists']}>
        <List
          title={t('alarms.rules.scope.available', { count: out.length })}
          sign={IconPlus}
          devices={out}
          act={t('alarms.rules.scope.addAll')}
          onAll={() => add(out.map(({ id }) => id))}
          onOne={(id) => add([id])}
        />
        <List
          title={t('alarms.rules.scope.chosen', { count: inside.length })}
          sign={IconMinus}
          devices={inside}
          act={t('alarms.rules.scope.dropAll')}
          onAll={() => drop(inside.map(({ id }) => id))}
          onOne={(id) => drop([id])}
        />
      </div>
    </>
  )
}

type ListProps = {
  title: string
  sign: typeof IconPlus
  devices: readonly Device[]
  act: string
  onAll: () => void
  onOne: (id: string) => void
}

function List({ title, sign: Sign, devices, act, onAll, onOne }: ListProps) {
  return (
    <div className={classes['devices']}>
      <Text fw={600} size="sm">
        {title}
      </Text>
      <BoxRows
        items={devices}
        height={46}
        label={title}
        keyOf={({ id }) => id}
        row={({ id, name, place }) => (
          <UnstyledButton className={picker['row']} onClick={() => onOne(id)} data-device={id}>
            <Sign size={15} aria-hidden />
            <span className={picker['words']}>
              <span className={picker['name']}>{name}</span>
              <span className={picker['quiet']}>{place}</span>
            </span>
          </UnstyledButton>
        )}
      />
      <Button size="xs" variant="default" disabled={devices.length === 0} onClick={onAll}>
        {act}
      </Button>
    </div>
  )
}
