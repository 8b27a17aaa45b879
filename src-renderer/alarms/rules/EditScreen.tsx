import { IconBellRinging } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { alarmKinds } from '#shared/alarms/rule.ts'
import { Failure } from '#shared/failures.ts'
import { useAddress } from '../../address.ts'
import { useCall } from '../../host.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { useFailureText } from '../../words.ts'
import { contentOf } from './content.ts'
import { useReadyWords } from './library-words.ts'
import { startContent } from './starts.ts'
import { Wizard } from './Wizard.tsx'

/** A rule: a new one, one from the library, a copy, or one that is there. */
export function EditScreen() {
  const [{ rule, copy, library, kind }] = useAddress()
  if (rule !== undefined) return <Existing key={rule} id={rule} />
  if (copy !== undefined) return <Copied key={copy} id={copy} />
  if (library !== undefined) return <Ready key={library} id={library} />
  const start = startContent(alarmKinds.find((one) => one === kind) ?? 'limit')
  return <Wizard key={`new.${kind ?? ''}`} place={`new.${kind ?? ''}`} start={{ content: start, version: 0 }} />
}

function Existing({ id }: { id: string }) {
  const tell = useFailureText()
  const { data, error, refetch } = useCall('alarms.rule', { id }, { onOpen: true })
  if (!data) {
    if (error instanceof Failure && error.code === 'notFound') return <Gone />
    return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={8} height={44} />
  }
  if (data.rule.removedAt !== null) return <Gone />
  return <Wizard rule={data.rule} place={id} start={{ content: contentOf(data.rule), version: data.rule.version }} />
}

function Copied({ id }: { id: string }) {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { data, error, refetch } = useCall('alarms.rule', { id }, { onOpen: true })
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={8} height={44} />
  const content = contentOf(data.rule)
  const name = t('alarms.rules.copyOf', { name: content.name }).slice(0, 120)
  return <Wizard place={`copy.${id}`} library={data.rule.library} start={{ content: { ...content, name }, version: 0 }} />
}

function Ready({ id }: { id: string }) {
  const tell = useFailureText()
  const read = useReadyWords()
  const { data, error, refetch } = useCall('alarms.library', {})
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={8} height={44} />
  const ready = data.find((one) => one.id === id)
  if (!ready) return <Gone />
  return <Wizard place={`library.${id}`} library={id} start={{ content: read.content(ready), version: 0 }} />
}

function Gone() {
  const { t } = useTranslation()
  return (
    <Empty icon={IconBellRinging} title={t('alarms.rules.gone.title')} hint={t('alarms.rules.gone.hint')}>
      <ButtonLink to="/alarms/rules" variant="default">
        {t('alarms.rules.title')}
      </ButtonLink>
    </Empty>
  )
}
