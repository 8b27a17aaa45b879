import type { AlarmKpi, KpiFigure, KpiSource } from '#shared/alarms/kpi-contract.ts'
import type { AlarmRow } from '#shared/alarms/row.ts'
import type { Format } from '../../format.ts'
import type { KpiWords } from './kpi-words.ts'

/** A printed report. `widths` are shares of the width of the page; `bars` are drawn beside each other. */
export type Report = {
  title: string
  notes: string[]
  sections: ReportSection[]
  foot: string
}
export type ReportSection = {
  title: string
  heads: string[]
  widths: number[]
  rows: string[][]
  bars?: { value: number; label: string }[]
}

export type ReportTexts = {
  title: string
  notes: string[]
  foot: string
  section: (name: 'figures' | 'spread' | 'rate' | 'sources' | 'stale' | 'chattering' | 'floods' | 'shelved') => string
  head: (
    name:
      | 'figure'
      | 'value'
      | 'goal'
      | 'mark'
      | 'priority'
      | 'count'
      | 'alarm'
      | 'device'
      | 'todo'
      | 'since'
      | 'begin'
      | 'span'
      | 'until'
      | 'reason',
  ) => string
}

/** The figures of a period, and what is shelved or out of service (`away`), as pages for the printer. Sections without rows are left out. */
export function reportOf(kpi: AlarmKpi, away: readonly AlarmRow[], words: KpiWords, format: Format, texts: ReportTexts): Report {
  const { section, head } = texts
  const figure = (one: KpiFigure) => [words.label(one.name), words.value(one), words.goal(one), one.met ? words.mark(one.met) : '']
  const source = (one: KpiSource, fact: string) => [one.ruleName, one.deviceName, fact, words.suggestion(one)]
  const sourceHeads = (fact: string) => [head('alarm'), head('device'), fact, head('todo')]
  const sourceWidths = [0.26, 0.22, 0.14, 0.38]
  const sections: ReportSection[] = [
    {
      title: section('figures'),
      heads: [head('figure'), head('value'), head('goal'), head('mark')],
      widths: [0.42, 0.16, 0.26, 0.16],
      rows: kpi.figures.map(figure),
    },
    {
      title: section('spread'),
      heads: [head('priority'), head('count'), head('value'), head('goal'), head('mark')],
      widths: [0.3, 0.16, 0.16, 0.2, 0.18],
      rows: kpi.spread.map(({ priority, count, share, goal, met }) => [
        words.priority(priority),
        format.number(count),
        share === null ? '–' : words.percent(share),
        words.percent(goal),
        met ? words.mark(met) : '',
      ]),
    },
    { title: section('rate'), heads: [], widths: [], rows: [], bars: kpi.bars.map(barOf(format)) },
    {
      title: section('sources'),
      heads: sourceHeads(head('count')),
      widths: sourceWidths,
      rows: kpi.sources.map((one) => source(one, `${format.number(one.count)} (${words.percent(one.share)})`)),
    },
    {
      title: section('stale'),
      heads: sourceHeads(head('since')),
      widths: sourceWidths,
      rows: kpi.stale.map((one) => source(one, one.activeSince === null ? '' : format.dateTime(one.activeSince))),
    },
    {
      title: section('chattering'),
      heads: sourceHeads(head('count')),
      widths: sourceWidths,
      rows: kpi.chattering.map((one) => source(one, format.number(one.count))),
    },
    {
      title: section('floods'),
      heads: [head('begin'), head('span'), head('count'), head('alarm')],
      widths: [0.28, 0.14, 0.12, 0.46],
      rows: kpi.floods.map(({ from, to, count, firstOut }) => [
        format.dateTime(from),
        format.span((to ?? kpi.to) - from),
        format.number(count),
        firstOut ? `${firstOut.ruleName} · ${firstOut.deviceName}` : '',
      ]),
    },
    {
      title: section('shelved'),
      heads: [head('alarm'), head('device'), head('until'), head('reason')],
      widths: sourceWidths,
      rows: away.map((row) => [row.ruleName, row.deviceName, words.until(row), words.reason(row)]),
    },
  ]
  return {
    title: texts.title,
    notes: texts.notes,
    foot: texts.foot,
    sections: sections.filter(({ rows, bars }) => rows.length > 0 || bars),
  }
}

export const totalOf = (counts: AlarmKpi['bars'][number]['counts']): number => Object.values(counts).reduce((a, b) => a + b, 0)

const barOf = (format: Format) => (bar: AlarmKpi['bars'][number]) => ({ value: totalOf(bar.counts), label: format.date(bar.from) })
