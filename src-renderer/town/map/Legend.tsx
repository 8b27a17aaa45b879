import { Text, useComputedColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../words.ts'
import type { Picture } from '../town.ts'
import { gradientOf, returnClasses, spanOf, type Quantity, type Shade } from './scales.ts'
import classes from './Legend.module.css'

const units: Record<Quantity, string> = { supply: '°C', return: '°C', flow: 'kg/s', dp: 'bar' }

/** What the colours of houses and pipes mean, in words and numbers. */
export function Legend({ shade, picture }: { shade: Shade; picture: Picture }) {
  const { t } = useTranslation()
  const format = useFormat()
  const scheme = useComputedColorScheme('light')
  const shown: readonly Quantity[] = shade === 'both' ? ['supply', 'return'] : [shade]
  const span = (quantity: Quantity) =>
    spanOf(
      quantity,
      picture.pipes.map(({ flow, dp }) => (quantity === 'flow' ? Math.abs(flow) : quantity === 'dp' ? dp : 0)),
    )
  return (
    <div className={classes['legend']}>
      <div className={classes['part']}>
        <Text size="xs" c="dimmed">
          {t('town.legend.stations')}
        </Text>
        <ul className={classes['classes']}>
          {returnClasses.map(({ index, color, from, to }) => (
            <li key={index}>
              <span className={classes['swatch']} style={{ background: color }} aria-hidden />
              {from === null ? `< ${to}` : to === null ? `≥ ${from}` : `${from}–${to}`}
            </li>
          ))}
          <li>
            <span className={classes['swatch']} data-still aria-hidden />
            {t('town.station.still')}
          </li>
        </ul>
      </div>
      {shown.map((quantity) => {
        const [low, high] = span(quantity)
        const decimals = high < 2 ? 1 : 0
        return (
          <div key={quantity} className={classes['part']}>
            <Text size="xs" c="dimmed">
              {t(`town.legend.${quantity}`)}
            </Text>
            <div className={classes['scale']}>
              <span>{format.number(low, decimals)}</span>
              <span className={classes['bar']} style={{ background: gradientOf(quantity, scheme) }} aria-hidden />
              <span>{`${format.number(high, decimals)} ${units[quantity]}`}</span>
            </div>
          </div>
        )
      })}
    </div>
  )
}
