import { useEffect, useRef } from 'react'
import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { steps, type Problem, type Step } from './problems.ts'
import classes from './Wizard.module.css'

type StepListProps = { step: Step; problems: readonly Problem[]; visited: ReadonlySet<Step>; onGo: (step: Step) => void }

/** All steps, each to be gone to at once. One that was left with something missing says so. */
export function StepList({ step, problems, visited, onGo }: StepListProps) {
  const { t } = useTranslation()
  const current = useRef<HTMLLIElement>(null)
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [step])
  return (
    <nav aria-label={t('alarms.rules.steps')}>
      <ol className={classes['steps']}>
        {steps.map((one, i) => {
          const missing = visited.has(one) && problems.some((problem) => problem.step === one)
          return (
            <li key={one} ref={one === step ? current : undefined}>
              <UnstyledButton
                className={classes['step']}
                aria-current={one === step ? 'step' : undefined}
                data-missing={missing || undefined}
                data-step={one}
                onClick={() => onGo(one)}
              >
                <span className={classes['count']} aria-hidden>
                  {missing ? '!' : i + 1}
                </span>
                <span>
                  {t(`alarms.rules.step.${one}`)}
                  {missing && <span className={classes['missing']}> {t('alarms.rules.missing')}</span>}
                </span>
              </UnstyledButton>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
