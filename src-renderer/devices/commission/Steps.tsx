import { useTranslation } from 'react-i18next'
import classes from '../ConnectScreen.module.css'

export const stepNames = ['where', 'what', 'test'] as const
export type Step = (typeof stepNames)[number]

/** How far it is, and the way back. */
export function Steps({ now, onBack }: { now: Step; onBack: (step: Step) => void }) {
  const { t } = useTranslation()
  const at = stepNames.indexOf(now)
  return (
    <ol className={classes['wizard']} aria-label={t('connect.steps')}>
      {stepNames.map((step, i) => (
        <li key={step}>
          <button
            type="button"
            className={classes['step']}
            data-active={i === at || undefined}
            aria-current={i === at ? 'step' : undefined}
            disabled={i >= at || now === 'test'}
            onClick={() => onBack(step)}
          >
            <span className={classes['count']} aria-hidden>
              {i + 1}
            </span>
            {t(`connect.stepName.${step}`)}
          </button>
        </li>
      ))}
    </ol>
  )
}
