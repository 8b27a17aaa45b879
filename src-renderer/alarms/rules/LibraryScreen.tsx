import { useState } from 'react'
import { Badge, Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { IconBooks } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { readyGroups } from '#shared/alarms/library.ts'
import { useAddress } from '../../address.ts'
import { useAction, useActor, useCall } from '../../host.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { PageTop } from '../../ui/PageTop.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText } from '../../words.ts'
import { PriorityMark } from '../PriorityMark.tsx'
import { useReadyWords, type ReadyRule } from './library-words.ts'
import { useRulePoints } from './point-choices.ts'
import { useRuleWords, type RuleWords } from './words.ts'
import classes from './Library.module.css'

/** Rules that come with the program, by what they are about; taken as they are, or opened to be changed first. */
export function LibraryScreen() {
  const { t, i18n } = useTranslation()
  const router = useRouter()
  const tell = useFailureText()
  const { may } = useActor()
  const [{ all }, setAddress] = useAddress()
  const { data, error, refetch } = useCall('alarms.library', {})
  const adopt = useAction('alarms.adopt')
  const [chosen, choose] = useState<readonly string[]>([])
  const words = useRuleWords(useRulePoints())
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={8} height={84} />
  const shown = data.filter(({ fits }) => all === 'yes' || fits > 0)
  const recommended = data.filter((ready) => ready.recommended && ready.fits > 0 && ready.taken === 0).map(({ id }) => id)
  const take = (enabled: boolean) =>
    adopt.mutate({ ids: [...chosen], language: i18n.language, enabled }, { onSuccess: () => void router.navigate({ to: '/alarms/rules' }) })
  return (
    <>
      <PageTop title={t('alarms.rules.library.title')} note={t('alarms.rules.library.note')}>
        {may('full') && recommended.length > 0 && (
          <Button variant="default" onClick={() => choose(recommended)}>
            {t('alarms.rules.library.chooseRecommended', { count: recommended.length })}
          </Button>
        )}
        <ButtonLink to="/alarms/rules" variant="default">
          {t('alarms.rules.title')}
        </ButtonLink>
      </PageTop>
      {adopt.error && <Failed told={tell(adopt.error)} />}
      <Checkbox
        label={t('alarms.rules.library.all')}
        checked={all === 'yes'}
        onChange={({ currentTarget }) => setAddress({ all: currentTarget.checked ? 'yes' : undefined })}
        mb="sm"
      />
      {shown.length === 0 && (
        <Empty icon={IconBooks} title={t('alarms.rules.library.none.title')} hint={t('alarms.rules.library.none.hint')} />
      )}
      <Stack gap="md">
        {readyGroups.map((group) => {
          const rules = shown.filter((ready) => ready.group === group)
          return (
            rules.length > 0 && (
              <Panel key={group} title={t(`alarms.rules.library.group.${group}`)} flush>
                <ul className={classes['list']}>
                  {rules.map((ready) => (
                    <Row
                      key={ready.id}
                      ready={ready}
                      words={words}
                      may={may('full')}
                      chosen={chosen.includes(ready.id)}
                      onChoose={(on) => choose(on ? [...chosen, ready.id] : chosen.filter((id) => id !== ready.id))}
                    />
                  ))}
                </ul>
              </Panel>
            )
          )
        })}
      </Stack>
      {chosen.length > 0 && (
        <div className={classes['foot']}>
          <Text size="sm" role="status">
            {t('alarms.rules.library.chosen', { count: chosen.length })}
          </Text>
          <Group gap="xs">
            <Button variant="default" loading={adopt.isPending} onClick={() => take(false)}>
              {t('alarms.rules.library.takeDisabled')}
            </Button>
            <Button loading={adopt.isPending} onClick={() => take(true)}>
              {t('alarms.rules.library.take')}
            </Button>
          </Group>
        </div>
      )}
    </>
  )
}

type RowProps = { ready: ReadyRule; words: RuleWords; may: boolean; chosen: boolean; onChoose: (on: boolean) => void }

function Row({ ready, words, may, chosen, onChoose }: RowProps) {
  const { t } = useTranslation()
  const read = useReadyWords()
  const content = read.content(ready)
  return (
    <li className={classes['row']} data-ready={ready.id}>
      {may && (
        <Checkbox aria-label={content.name} checked={chosen} onChange={({ currentTarget }) => onChoose(currentTarget.checked)} mt={2} />
      )}
      <PriorityMark priority={content.priority} />
      <div className={classes['words']}>
        <Group gap={8}>
          <strong>{content.name}</strong>
          {ready.recommended && (
            <Badge variant="default" tt="none">
              {t('alarms.rules.library.recommended')}
            </Badge>
          )}
          {ready.taken > 0 && (
            <Badge variant="default" tt="none">
              {t('alarms.rules.library.taken')}
            </Badge>
          )}
        </Group>
        <Text size="sm">{content.description}</Text>
        <Text size="sm" c="dimmed">
          {[words.test(content.test), ...content.while.map(words.gate), words.delays(content)].join(' · ')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('alarms.rules.library.source', { source: read.source(ready) })}
        </Text>
      </div>
      <div className={classes['side']}>
        <Text size="sm" c="dimmed">
          {ready.group === 'program' ? '' : t('alarms.rules.library.fits', { count: ready.fits })}
        </Text>
        {may && (
          <ButtonLink to="/alarms/rules/edit" search={{ library: ready.id }} size="xs" variant="default">
            {t('alarms.rules.library.open')}
          </ButtonLink>
        )}
      </div>
    </li>
  )
}
