import { contract } from '../contract.ts'

/** Recipients, lists, schedules, channels and what was sent; rows are added by those who build them. */
export const notifyRows = contract({})
