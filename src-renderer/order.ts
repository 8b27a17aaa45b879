export type Order = 'ascending' | 'descending'
