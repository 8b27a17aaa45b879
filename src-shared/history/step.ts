/** How finely stored samples are summed up; `raw` is not at all. Hours, days and months are those of the local calendar. */
export const steps = ['raw', '15min', 'hour', 'day', 'month'] as const
export type Step = (typeof steps)[number]

/** What a bucket says of the samples in it. `delta` is what a register has gone up by. */
export const figures = ['min', 'max', 'mean', 'last', 'delta'] as const
export type Figure = (typeof figures)[number]
