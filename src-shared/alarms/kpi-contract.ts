import { contract } from '../contract.ts'

/** How well the alarms are kept; rows are added by those who build the page. */
export const kpiRows = contract({})
