import { useState } from 'react'
import { Button, Group, Text } from '@mantine/core'
import { IconPhoneCall, IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { NotifyList } from '#shared/alarms/notify.ts'
import { useActor, useCall } from '../../host.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Failed } from '../../ui/Failed.tsx'
import { Loading } from '../../ui/Loading.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useFailureText } from '../../words.ts'
import { ListForm } from './ListForm.tsx'
import { OnCall } from './OnCall.tsx'
import { RemoveButton } from './RemoveButton.tsx'
import classes from './Notify.module.css'

/** Lists of recipients, and who of each would be told now and next. */
export function Lists() {
  const { t } = useTranslation()
  const tell = useFailureText()
  const { may } = useActor()
  const { data, error, refetch } = useCall('alarms.notifyNames', {})
  const [open, setOpen] = useState<NotifyList | 'new' | null>(null)
  if (!data) return error ? <Failed told={tell(error)} onRetry={() => void refetch()} centred /> : <Loading rows={3} height={56} />
  const nameOf = (id: string) => data.recipients.find((one) => one.id === id)?.name ?? id
  const add = may('full') && (
    <Button leftSection={<IconPlus size={16} stroke={1.7} />} onClick={() => setOpen('new')} disabled={data.recipients.length === 0}>
      {t('alarms.notify.list.add')}
    </Button>
  )
  return (
    <>
      {data.lists.length === 0 ? (
        <Empty
          icon={IconUsersGroup}
          title={t('alarms.notify.list.none')}
          hint={t(data.recipients.length === 0 ? 'alarms.notify.list.noRecipients' : 'alarms.notify.list.noneHint')}
        >
          {add}
        </Empty>
      ) : (
        <Panel title={t('alarms.notify.part.lists')} flush actions={add}>
          <ul className={classes['list']}>
            {data.lists.map((list) => (
              <li key={list.id} className={classes['row']} data-list={list.name}>
                <div className={classes['words']}>
                  <Text fw={600}>{list.name}</Text>
                  <Text size="sm" c="dimmed">
                    {list.members.length === 0
                      ? t('alarms.notify.list.empty')
                      : t(list.rota.kind === 'weekly' ? 'alarms.notify.list.inTurn' : 'alarms.notify.list.all', {
                          names: list.members.map(nameOf).join(', '),
                        })}
                  </Text>
                  <div className={classes['call']}>
                    <IconPhoneCall size={16} stroke={1.6} aria-hidden />
                    <OnCall list={list} />
                  </div>
                </div>
                {may('full') && (
                  <Group gap="xs">
                    <Button size="xs" variant="default" onClick={() => setOpen(list)}>
                      {t('alarms.notify.change')}
                    </Button>
                    <RemoveButton operation="alarms.removeNotifyList" id={list.id} name={list.name} />
                  </Group>
                )}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {open !== null && <ListForm list={open === 'new' ? null : open} recipients={data.recipients} onClose={() => setOpen(null)} />}
    </>
  )
}
