import { ActionIcon, Menu, Text } from '@mantine/core'
import { IconChartLine, IconDots, IconHistory, IconPencil, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Formula } from '#shared/virtual/contract.ts'
import { decimals } from '#shared/units.ts'
import { useActor, useNow, useReadings } from '../host.ts'
import { DeviceLink } from '../ui/DeviceLink.tsx'
import { Panel } from '../ui/Panel.tsx'
import { Value } from '../ui/Value.tsx'
import { face } from '../value-face.ts'
import { useFormat, useLookup } from '../words.ts'
import { useFormulaWords } from './words.ts'
import classes from './Virtual.module.css'

type FormulaListProps = { formulas: readonly Formula[]; onFill: (formula: Formula) => void; onRemove: (formula: Formula) => void }

/** Values of inputs that nobody else watches come each quarter hour. */
const staleMs = 31 * 60_000

export function FormulaList({ formulas, onFill, onRemove }: FormulaListProps) {
  const reading = useReadings(formulas.map(({ series }) => series))
  return (
    <Panel flush>
      <ul className={classes['list']}>
        {formulas.map((formula) => (
          <Row key={formula.id} formula={formula} reading={reading(formula.series)} onFill={onFill} onRemove={onRemove} />
        ))}
      </ul>
    </Panel>
  )
}

type RowProps = { formula: Formula; reading: Parameters<typeof face>[1] } & Pick<FormulaListProps, 'onFill' | 'onRemove'>

function Row({ formula, reading, onFill, onRemove }: RowProps) {
  const { t } = useTranslation()
  const { may } = useActor()
  const now = useNow()
  const format = useFormat()
  const state = useLookup('values')
  const words = useFormulaWords()
  const { is, unit, fault, result } = formula
  const values = is === 'state' ? { '0': 'off', '1': 'on' } : null
  const shown = face({ is, unit, decimals: decimals[is], values, off: null }, reading, now, format, { off: '', name: state }, staleMs)
  const why = fault ? words.fault(fault) : result?.reason ? words.reason(result.reason) : null
  return (
    <li className={classes['row']} data-formula={formula.point}>
      <div className={classes['named']}>
        <strong>{formula.name}</strong>
        <Text size="sm" c="dimmed">
          <DeviceLink id={formula.device}>{formula.deviceName}</DeviceLink>
          {formula.past && ` · ${t('virtual.perQuarterHour')}`}
          {formula.trusting && ` · ${t('virtual.trustedShort')}`}
        </Text>
      </div>
      <div className={classes['now']}>
        <Value face={shown} age={shown.age === null ? null : format.span(shown.age)} />
        {why !== null && (
          <Text size="sm" className={classes['why']} data-reason={fault?.code ?? result?.reason?.code}>
            {why}
          </Text>
        )}
      </div>
      <code className={classes['formula']}>{formula.text}</code>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <ActionIcon variant="subtle" className={classes['menu'] ?? ''} aria-label={`${t('virtual.actions')}: ${formula.name}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconChartLine size={16} stroke={1.6} />}
            renderRoot={(props: object) => <Link to="/charts" search={{ series: String(formula.series) }} {...props} />}
          >
            {t('virtual.chart')}
          </Menu.Item>
          {may('full') && (
            <>
              <Menu.Item
                leftSection={<IconPencil size={16} stroke={1.6} />}
                renderRoot={(props: object) => <Link to="/virtual/edit" search={{ id: String(formula.id) }} {...props} />}
              >
                {t('virtual.edit')}
              </Menu.Item>
              <Menu.Item leftSection={<IconHistory size={16} stroke={1.6} />} onClick={() => onFill(formula)}>
                {t('virtual.fill.title')}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={16} stroke={1.6} />} onClick={() => onRemove(formula)}>
                {t('virtual.remove')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}
