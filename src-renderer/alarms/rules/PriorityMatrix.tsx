import { Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Priority } from '#shared/alarms/priority.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { consequences, proposed, timeOf, times, usualMinutes } from './matrix.ts'
import classes from './Wizard.module.css'

type PriorityMatrixProps = {
  minutes: number | null
  priority: Priority
  onChoose: (chosen: { priority: Priority; respondMinutes: number }) => void
}

/** Consequence and time to respond make the priority. A click takes both; a time that fits the column already stays. */
export function PriorityMatrix({ minutes, priority, onChoose }: PriorityMatrixProps) {
  const { t } = useTranslation()
  const column = timeOf(minutes)
  return (
    <>
      <Text size="sm" c="dimmed" mb={4}>
        {t('alarms.rules.matrix.hint')}
      </Text>
      <table className={classes['matrix']}>
        <thead>
          <tr>
            <th scope="col">{t('alarms.rules.matrix.consequence')}</th>
            {times.map(({ name }) => (
              <th key={name} scope="col">
                {t(`alarms.rules.matrix.time.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {consequences.map((consequence) => (
            <tr key={consequence}>
              <th scope="row">{t(`alarms.rules.matrix.of.${consequence}`)}</th>
              {times.map(({ name }) => {
                const cell = proposed(consequence, name)
                return (
                  <td key={name}>
                    <UnstyledButton
                      className={classes['cell']}
                      aria-pressed={column === name && cell === priority}
                      onClick={() =>
                        onChoose({ priority: cell, respondMinutes: column === name && minutes !== null ? minutes : usualMinutes[name] })
                      }
                    >
                      <PriorityMark priority={cell} size={16} hidden />
                      {t(`alarms.words.priority.${cell}`)}
                    </UnstyledButton>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
