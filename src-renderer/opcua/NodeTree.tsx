import { useState } from 'react'
import { ActionIcon, Button, Loader, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { IconBox, IconChevronDown, IconChevronRight, IconHome, IconPlus, IconVariable } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Failed } from '../ui/Failed.tsx'
import { useFailureText } from '../words.ts'
import type { loginOf } from './draft.ts'
import { placed, type Placed } from './tree.ts'
import { useBranch } from './use-branch.ts'
import classes from './Opcua.module.css'

type Picking = {
  login: ReturnType<typeof loginOf>
  base: string
  used: ReadonlySet<string>
  onBase: (node: Placed) => void
  onUse: (node: Placed) => void
}
type NodeTreeProps = Picking & { node?: string; trail?: Placed['trail'] }

/** The nodes of the server as it arranges them, opened one by one. */
export function NodeTree({ node, trail = [], ...picking }: NodeTreeProps) {
  const { t } = useTranslation()
  const tell = useFailureText()
  // The base node has no part in where the tree begins.
  const branch = useBranch({ ...picking.login, member: '' }, node)
  return (
    <ul className={classes['branch']} aria-label={trail.length === 0 ? t('opcua.nodes') : undefined}>
      {branch.nodes.map((one) => (
        <TreeRow key={one.node} at={placed(one, trail)} {...picking} />
      ))}
      {branch.state === 'loading' && <Loader size="xs" m="xs" aria-label={t('loading')} />}
      {branch.state === 'failed' && (
        <li>
          <Failed told={tell(branch.error)} onRetry={branch.again} />
        </li>
      )}
      {branch.state === 'ready' && branch.nodes.length === 0 && (
        <li>
          <Text size="sm" c="dimmed">
            {t('opcua.nothingBelow')}
          </Text>
        </li>
      )}
      {branch.state === 'ready' && branch.more !== null && (
        <li>
          <Button size="compact-sm" variant="subtle" onClick={branch.loadMore}>
            {t('opcua.more')}
          </Button>
        </li>
      )}
    </ul>
  )
}

function TreeRow({ at, ...picking }: Picking & { at: Placed }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { node } = at
  const isVariable = node.class === 'variable'
  const Drawing = isVariable ? IconVariable : IconBox
  const Arrow = open ? IconChevronDown : IconChevronRight
  const isBase = node.node === picking.base
  return (
    <li>
      <div className={classes['node']} data-base={isBase || undefined}>
        <UnstyledButton className={classes['open']} onClick={() => setOpen(!open)} aria-expanded={open} title={node.id}>
          <Arrow size={14} aria-hidden />
          <Drawing size={15} stroke={1.5} aria-hidden />
          <span className={classes['name']}>{node.name}</span>
          {node.holds && (
            <span className={classes['holds']} data-bad={node.holds.quality === 'fault' || node.holds.quality === 'offline' || undefined}>
              {node.holds.statusName === '' ? node.holds.text : node.holds.statusName}
            </span>
          )}
        </UnstyledButton>
        {node.class === 'object' && (
          <Tooltip label={t('opcua.isDevice')}>
            <ActionIcon
              variant={isBase ? 'filled' : 'subtle'}
              aria-pressed={isBase}
              aria-label={t('opcua.isDeviceNamed', { name: node.name })}
              onClick={() => picking.onBase(at)}
            >
              <IconHome size={15} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        {isVariable && (
          <Tooltip label={t('opcua.use')}>
            <ActionIcon
              variant={picking.used.has(node.node) ? 'light' : 'subtle'}
              aria-label={t('opcua.useNamed', { name: node.name })}
              onClick={() => picking.onUse(at)}
            >
              <IconPlus size={15} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {open && <NodeTree {...picking} node={node.node} trail={at.trail} />}
    </li>
  )
}
