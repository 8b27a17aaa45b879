import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button, Group, Title } from '@mantine/core'
import { useBlocker, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Rule, RuleContent } from '#shared/alarms/rule.ts'
import { Failure } from '#shared/failures.ts'
import { useAddress } from '../../address.ts'
import { useAction, useActor } from '../../host.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { PageTop } from '../../ui/PageTop.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText } from '../../words.ts'
import { ConflictNote } from './ConflictNote.tsx'
import { useRulePoints } from './point-choices.ts'
import { problemsOf, steps, type Step } from './problems.ts'
import { useDraft, type Kept } from './session.ts'
import { StepList } from './StepList.tsx'
import type { StepProps } from './steps/step.ts'
import { DevicesStep } from './steps/DevicesStep.tsx'
import { KindStep } from './steps/KindStep.tsx'
import { NameStep } from './steps/NameStep.tsx'
import { OverviewStep } from './steps/OverviewStep.tsx'
import { PointStep } from './steps/PointStep.tsx'
import { RecipientsStep } from './steps/RecipientsStep.tsx'
import { ResponseStep } from './steps/ResponseStep.tsx'
import { TimeStep } from './steps/TimeStep.tsx'
import classes from './Wizard.module.css'

type WizardProps = { place: string; start: Kept; rule?: Rule; library?: string | null }

const drawn: Record<Step, (props: StepProps) => ReactNode> = {
  kind: KindStep,
  name: NameStep,
  devices: DevicesStep,
  point: PointStep,
  recipients: RecipientsStep,
  time: TimeStep,
  response: ResponseStep,
  overview: OverviewStep,
}

/** A rule step by step; each step can be gone to at any time. One that is there already opens at its overview. */
export function Wizard({ place, start: given, rule, library = null }: WizardProps) {
  const { t } = useTranslation()
  const router = useRouter()
  const tell = useFailureText()
  const { may } = useActor()
  const points = useRulePoints()
  const [{ step: word }, setAddress] = useAddress()
  // What was there when it was opened, so that a change by somebody else in the meantime is told and not mixed in.
  const [start, setStart] = useState(given)
  const { draft, changed, put, set, forget } = useDraft(place, start)
  const [visited, visit] = useState<ReadonlySet<Step>>(new Set(rule ? steps : []))
  const addRule = useAction('alarms.addRule')
  const changeRule = useAction('alarms.changeRule')
  const leaving = useRef(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const step = steps.find((one) => one === word) ?? (rule || library !== null ? 'overview' : 'kind')
  const at = steps.indexOf(step)
  const problems = problemsOf(draft.content)
  const readOnly = !may('full')
  useBlocker({
    shouldBlockFn: ({ current, next }) => {
      if (!changed || leaving.current || current.pathname === next.pathname) return false
      if (!window.confirm(t('alarms.rules.leave'))) return true
      forget()
      return false
    },
    enableBeforeUnload: false,
  })
  const first = useRef(true)
  useEffect(() => {
    if (!first.current) heading.current?.focus()
    first.current = false
  }, [step])

  const go = (next: Step) => {
    visit((before) => new Set([...before, step]))
    setAddress({ step: next }, { push: true })
  }
  const failure = addRule.error ?? changeRule.error
  const conflict = failure instanceof Failure && failure.code === 'conflict' && rule !== undefined
  const save = (enabled: boolean) => {
    visit(new Set(steps))
    if (problems.length > 0) return
    const content: RuleContent = { ...draft.content, enabled }
    const onSuccess = () => {
      leaving.current = true
      forget()
      void router.navigate({ to: '/alarms/rules' })
    }
    // What went wrong stands at the top.
    const onError = () => window.scrollTo({ top: 0 })
    if (rule) changeRule.mutate({ id: rule.id, version: draft.version, content }, { onSuccess, onError })
    else addRule.mutate({ content, library }, { onSuccess, onError })
  }
  const Drawn = drawn[step]
  const shared: StepProps = {
    content: draft.content,
    put,
    points,
    problems,
    go,
    rule: rule ?? null,
    save: readOnly ? null : { run: save, busy: addRule.isPending || changeRule.isPending },
  }
  const title = rule ? rule.name : t(library === null ? 'alarms.rules.add' : 'alarms.rules.addReady')
  return (
    <>
      <PageTop title={title} note={rule ? t('alarms.rules.editNote') : t('alarms.rules.addNote')}>
        {changed && !readOnly && (
          <Button variant="subtle" onClick={() => set(start)}>
            {t('undo')}
          </Button>
        )}
        <ButtonLink to="/alarms/rules" variant="default">
          {t('alarms.rules.title')}
        </ButtonLink>
      </PageTop>
      {failure && !conflict && <Failed told={tell(failure)} />}
      {conflict && (
        <ConflictNote
          id={rule.id}
          before={start.content}
          onTake={(theirs) => {
            changeRule.reset()
            setStart(theirs)
            set(theirs)
          }}
          onKeep={(theirs) => {
            changeRule.reset()
            setStart(theirs)
            set({ content: draft.content, version: theirs.version })
          }}
        />
      )}
      <div className={classes['wizard']}>
        <StepList step={step} problems={problems} visited={visited} onGo={go} />
        <Panel>
          <Title order={2} ref={heading} tabIndex={-1} className={classes['heading'] ?? ''} mb="sm">
            {t(`alarms.rules.step.${step}`)}
          </Title>
          <fieldset disabled={readOnly} className={classes['fields']}>
            <Drawn {...shared} />
          </fieldset>
          {step !== 'overview' && (
            <Group mt="lg" justify="space-between">
              <Button variant="subtle" disabled={at === 0} onClick={() => go(steps[at - 1] ?? 'kind')}>
                {t('alarms.rules.back')}
              </Button>
              <Group gap="xs">
                <Button variant="default" onClick={() => go('overview')}>
                  {t('alarms.rules.toOverview')}
                </Button>
                <Button onClick={() => go(steps[at + 1] ?? 'overview')}>{t('alarms.rules.next')}</Button>
              </Group>
            </Group>
          )}
        </Panel>
      </div>
    </>
  )
}
