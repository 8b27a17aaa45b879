import { useMemo, useRef, useState } from 'react'
import { Modal, ScrollArea, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Device } from '#shared/devices/contract.ts'
import { matches } from '../find-device.ts'
import { ContactMark } from '../ui/ContactMark.tsx'
import classes from './DeviceSearch.module.css'

const longest = 12

/** The field and the list of what it finds. */
export function SearchDialog({ devices, onClose }: { devices: readonly Device[]; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
      aria-label={t('search.open')}
    >
      <Results devices={devices} onDone={onClose} />
    </Modal>
  )
}

function Results({ devices, onDone }: { devices: readonly Device[]; onDone: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const found = useMemo(() => devices.filter((device) => matches(device, text)), [devices, text])
  const shown = found.slice(0, longest)
  const open = (device: Device | undefined) => {
    if (!device) return
    onDone()
    void navigate({ to: '/devices/$id', params: { id: device.id } })
  }
  const move = (to: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, to))
    setAt(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <>
      <TextInput
        variant="unstyled"
        data-autofocus
        size="md"
        classNames={{ input: classes['input'] ?? '' }}
        leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
        placeholder={t('search.placeholder')}
        aria-label={t('search.open')}
        role="combobox"
        aria-expanded
        aria-controls="device-search-results"
        aria-activedescendant={shown[at] ? `found-${at}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(at + 1)
          else if (event.key === 'ArrowUp') move(at - 1)
          else if (event.key === 'Enter') open(shown[at])
          else return
          event.preventDefault()
        }}
      />
      <ScrollArea.Autosize mah="52vh" className={classes['results'] ?? ''}>
        <div id="device-search-results" role="listbox" aria-label={t('search.open')} ref={list}>
          {shown.map((device, i) => (
            <div
              key={device.id}
              id={`found-${i}`}
              role="option"
              aria-selected={i === at}
              className={classes['option']}
              onClick={() => open(device)}
              onMouseMove={() => setAt(i)}
            >
              <ContactMark state={device.contact.state} />
              <span className={classes['name']}>{device.name}</span>
              <span className={classes['place']}>{device.place}</span>
              <span className={classes['place']}>{device.identity.application}</span>
            </div>
          ))}
        </div>
        <Text size="sm" c="dimmed" p="sm" role="status">
          {found.length > longest ? t('search.more', { count: found.length - longest }) : t('search.found', { count: found.length })}
        </Text>
      </ScrollArea.Autosize>
    </>
  )
}
