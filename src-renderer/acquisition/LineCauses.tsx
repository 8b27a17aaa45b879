import { List, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Cause } from '#shared/acquisition/line.ts'
import { tellCode, useLookup, type Told } from '../words.ts'
import { Panel } from '../ui/Panel.tsx'
import classes from './LineCauses.module.css'

/** The one sentence that names what is probably wrong, what to do about it, and what else was noticed. */
export function LineCauses({ causes }: { causes: readonly Cause[] }) {
  const { t } = useTranslation()
  const told = useCauseText()
  const [first, ...others] = causes
  if (!first) return null
  const { title, hint } = told(first)
  return (
    <Panel title={t('doctor.cause.title')}>
      <div className={classes['cause']} data-fine={first.cause === 'fine' || first.cause === 'waiting' || undefined} role="status">
        <Text fw={600} data-cause={first.cause}>
          {title}
        </Text>
        {hint !== null && <Text size="sm">{hint}</Text>}
      </div>
      {others.length > 0 && (
        <Stack gap={4} mt="sm">
          <Text size="sm" c="dimmed">
            {t('doctor.cause.also')}
          </Text>
          <List size="sm">
            {others.map((cause) => (
              <List.Item key={`${cause.cause} ${cause.device}`} data-cause={cause.cause}>
                {told(cause).title}
              </List.Item>
            ))}
          </List>
        </Stack>
      )}
    </Panel>
  )
}

function useCauseText(): (cause: Cause) => Told {
  const { t } = useTranslation()
  const failures = useLookup('failures')
  return ({ cause, params }) => {
    if (cause === 'failure') return tellCode(String(params['code']), params, failures, t)
    return { title: t(`doctor.causes.${cause}.title`, params), hint: t(`doctor.causes.${cause}.hint`, params), code: cause }
  }
}
