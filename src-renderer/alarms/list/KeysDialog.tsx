import { Kbd, Modal } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { commands, type Command } from './keys.ts'
import classes from './Dialog.module.css'

const order = Object.keys(commands) as Command[]

/** Which key does what on this page. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const name = (key: string) => (key.length === 1 && key !== ' ' ? key : t(`alarms.list.key.${key === ' ' ? 'Space' : (key as 'Enter')}`))
  return (
    <Modal opened onClose={onClose} title={t('alarms.list.keys')} centered transitionProps={{ duration: 0 }}>
      <dl className={classes['keys']}>
        {order.map((command) => (
          <Fragment key={command}>
            <dt>
              {commands[command].map((key) => (
                <Fragment key={key}>
                  <Kbd>{name(key)}</Kbd>{' '}
                </Fragment>
              ))}
            </dt>
            <dd>{t(`alarms.list.command.${command}`)}</dd>
          </Fragment>
        ))}
      </dl>
    </Modal>
  )
}
