import { useState } from 'react'
import { Button, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AlarmKind } from '#shared/alarms/rule.ts'
import type { Trial } from '#shared/alarms/trial-contract.ts'
import { useFormat } from '../../words.ts'
import { useAlarmWords } from '../words.ts'
import { PlaceTimes } from './PlaceTimes.tsx'
import classes from './Trial.module.css'

const shownFirst = 10

/** Where a rule would have come up, most often first, each with its times on request. */
export function TrialPlaces({ trial, kind }: { trial: Trial; kind: AlarmKind }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useAlarmWords()
  const [all, setAll] = useState(false)
  const [open, setOpen] = useState<string | null>(null)
  const shown = all ? trial.places : trial.places.slice(0, shownFirst)
  return (
    <>
      <ul className={classes['places']}>
        {shown.map((place) => {
          const key = `${place.device}|${place.point}|${place.part}`
          const isOpen = open === key
          const Chevron = isOpen ? IconChevronDown : IconChevronRight
          return (
            <li key={key} data-place>
              <UnstyledButton className={classes['place'] ?? ''} aria-expanded={isOpen} onClick={() => setOpen(isOpen ? null : key)}>
                <Chevron size={16} stroke={1.7} aria-hidden />
                <span className={classes['words']}>
                  <strong>{place.deviceName}</strong>
                  <Text span size="sm" c="dimmed" display="block">
                    {words.about({ ...place, kind, ruleName: '' })}
                  </Text>
                </span>
                <span className={classes['figures']}>
                  {t('alarms.trial.times', { count: place.occurrences })}
                  <Text span size="sm" c="dimmed" display="block">
                    {t('alarms.trial.places.together', { span: format.span(place.activeMs) })}
                  </Text>
                </span>
              </UnstyledButton>
              {isOpen && <PlaceTimes place={place} kind={kind} from={trial.from} to={trial.to} />}
            </li>
          )
        })}
      </ul>
      {!all && trial.places.length > shownFirst && (
        <div>
          <Button size="xs" variant="default" onClick={() => setAll(true)}>
            {t('alarms.trial.places.more', { count: trial.places.length - shownFirst })}
          </Button>
        </div>
      )}
    </>
  )
}
