import type { Backend } from '../../src/shared/status'

/** How Sotto itself fared on one page. */
export type PageVitals = {
  /** Of its first shelf, in ms; absent where there was none yet. */
  readonly shelfMs?: number
  readonly backend: Backend
  /** Whether something failed that `status` tells of. */
  readonly hasFailed: boolean
  /** Slots of shelves that it gave something to show. */
  readonly slots: readonly string[]
}

/** The same for all pages of an epoch. */
export type EpochVitals = {
  /** The slowest first shelf, in ms; absent where there was none. */
  readonly slowestMs?: number
  /** Of the page that scored last; `none` where none did. */
  readonly backend: Backend
  /** Pages on which something failed. */
  readonly failures: number
}

/** With the slots whose shelf was given something to show. */
export type KeptVitals = EpochVitals & { readonly slots: readonly string[] }

/** By epoch: the current one and the one before it. */
export type Vitals = Readonly<Record<number, KeptVitals>>

/** A site has a dozen of them; one that makes them up must not fill the disk. */
const MOST_SLOTS = 100

export const NO_VITALS: KeptVitals = { backend: 'none', failures: 0, slots: [] }

/** @returns `vitals` itself where the page adds nothing to it. */
export function addVitals(vitals: Vitals, epoch: number, { shelfMs = 0, backend, hasFailed, slots }: PageVitals): Vitals {
  const before = vitals[epoch] ?? NO_VITALS
  const all = [...new Set([...before.slots, ...slots])].slice(0, MOST_SLOTS)
  const isSame = shelfMs <= (before.slowestMs ?? 0) && !hasFailed && (backend === 'none' || backend === before.backend)
  if (isSame && all.length === before.slots.length) return vitals
  const slowestMs = Math.max(shelfMs, before.slowestMs ?? 0)
  const now: KeptVitals = {
    ...(slowestMs > 0 && { slowestMs }),
    backend: backend === 'none' ? before.backend : backend,
    failures: before.failures + Number(hasFailed),
    slots: all,
  }
  const last = vitals[epoch - 1]
  return { ...(last && { [epoch - 1]: last }), [epoch]: now }
}
