import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../words.ts'
import { leastFlow, nameOf, type Picture, type Town } from './town.ts'

/** Texts about the town that several parts of its page show. */
export function useTownWords() {
  const { t } = useTranslation()
  const format = useFormat()
  return useMemo(() => {
    /** A number with its unit; a dash for what is none. */
    const value = (one: number | null | undefined, decimals: number, unit: string) =>
      typeof one === 'number' && Number.isFinite(one) ? `${format.number(one, decimals)} ${unit}` : '–'
    /** A number alone, for a column whose head has the unit. */
    const plain = (one: number, decimals: number) => (Number.isFinite(one) ? format.number(one, decimals) : '–')
    const celsius = (one: number | null | undefined, decimals = 1) => value(one, decimals, '°C')
    const power = (kilowatts: number) =>
      Math.abs(kilowatts) < 1000 ? value(kilowatts, kilowatts < 100 ? 1 : 0, 'kW') : value(kilowatts / 1000, 2, 'MW')
    const flow = (one: number) => value(one, Math.abs(one) < 10 ? 2 : 1, 'kg/s')
    return {
      value,
      plain,
      celsius,
      power,
      flow,
      degrees: (one: number) => `${format.number(one)}°`,
      zone: (town: Town, id: string | null) => town.zones.find((zone) => zone.id === id)?.name ?? '–',
      pipe: (town: Town, picture: Picture, i: number) => {
        const [node, now] = [town.nodes[i], picture.pipes[i]]
        if (!node || !now) return ''
        return [
          t('town.pipe.title', { id: node.id, length: format.number(node.length), diameter: format.number(node.diameter * 1000) }),
          `${t('town.figure.supply')} ${celsius(now.supply)}, ${t('town.figure.return')} ${celsius(now.return)}`,
          `${t('town.figure.flow')} ${flow(now.flow)}, ${t('town.figure.dp')} ${value(now.dp, 2, 'bar')}`,
        ].join('\n')
      },
      station: (town: Town, picture: Picture, i: number) => {
        const [station, now] = [town.stations[i], picture.stations[i]]
        if (!station || !now) return ''
        const back = now.flow < leastFlow ? t('town.station.still') : `${t('town.figure.return')} ${celsius(now.return)}`
        return `${nameOf(station)}\n${back}\n${t('town.figure.power')} ${power(now.power)}`
      },
      plant: ({ plant }: Picture) => [`${plain(plant.supply, 1)} / ${celsius(plant.return)} · ${power(plant.power)}`],
      leak: (one: number) => t('town.leak', { flow: flow(one) }),
    }
  }, [t, format])
}
