import type { ForgetProof } from '../src/shared/status'
import type { Checkpoint } from './history/checkpoint'
import type { Signals } from './signals/signals'
import { budgetDatabase } from './store/schema'

/** Asked of the browser, not of whoever deleted. */
export type WhatIsLeft = {
  readonly namespace: string
  /** Names of databases that exist: of the namespace, or of one database and those below it. */
  readonly listDatabases: (namespace: string, name?: string) => Promise<readonly string[]>
  /** `undefined` where no history may be kept. */
  readonly checkpoint: Checkpoint | undefined
  readonly signals: () => Promise<Pick<Signals, 'spent'>>
}

/**
 * What is left after everything was deleted. What reads the privacy budget is loaded only where there is one.
 * @throws SottoError a storage code, or `worker-failed`.
 */
export async function proveForgotten({ namespace, listDatabases, checkpoint, signals }: WhatIsLeft): Promise<ForgetProof> {
  const databases = await listDatabases(namespace)
  const budgets = await listDatabases(namespace, budgetDatabase(namespace))
  const proof: ForgetProof = { databases, journal: [], events: checkpoint?.count ?? 0 }
  return budgets.length > 0 ? { ...proof, kept: await (await signals()).spent() } : proof
}
