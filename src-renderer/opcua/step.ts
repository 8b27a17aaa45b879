import type { Draft } from './draft.ts'

/** What every step of the wizard is given. */
export type StepProps = { draft: Draft; change: (change: Partial<Draft>) => void; secret: string; go: (step: number) => void }
