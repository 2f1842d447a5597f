import type { DBSchema } from 'idb'
import type { LedgerEntry } from '../../src/shared/signals/ledger'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import type { Migration } from '../store/migrations'
import type { Visit } from './visits'

/** A plan that was fetched and checked. */
export type KeptPlan = {
  readonly url: string
  readonly plan: SignalPlan
  /** [32] SHA-256 of its bytes. */
  readonly hash: Uint8Array<ArrayBuffer>
  /** By this device's clock, ms since 1970. */
  readonly fetchedAt: number
  /** By the server's, where it said so and could be heard. */
  readonly servedAt?: number
  /** In base64, what a relay's gateway gave beside it, where one is used and it did: asked for later, they would say when a report comes. */
  readonly gatewayKeys?: string
}

/**
 * One metric that is asked in an epoch. `drawn`: it will be answered, and nothing is randomized yet; the others as in the ledger, and then `body` is
 * all that is ever sent for it.
 */
export type KeptAnswer = {
  /** Place in the plan. */
  readonly metric: number
  readonly group: number
  /** Millionths of epsilon. */
  readonly charged: number
  readonly state: LedgerEntry['state'] | 'drawn'
  readonly body?: Uint8Array<ArrayBuffer>
  /** How often it left, or was about to; absent before the first time. */
  readonly tries?: number
  /** Why it was refused, as whoever refused it calls that; absent where it was not. */
  readonly refusedFor?: string
  /** Milliseconds since 1970. */
  readonly settledAt?: number
}

/** What was drawn for one epoch, by chance alone, and what became of it. */
export type Round = {
  readonly epoch: number
  /** Those of the moment in which it was drawn: a plan that changes later changes nothing about it. */
  readonly plan: SignalPlan
  /** [32] */
  readonly planHash: Uint8Array<ArrayBuffer>
  /** Whether the budget has been told; until then nothing is computed. */
  readonly isCharged: boolean
  /** In the order in which they leave. */
  readonly answers: readonly KeptAnswer[]
}

/** Groups that were drawn: by epoch, and in it by the metric's name, each by its own name, which a changed plan may list at another place. */
export type KeptGroups = Readonly<Record<number, Readonly<Record<string, string>>>>

/** Version 1. */
export interface SignalsSchema extends DBSchema {
  notes: { key: 'visit' | 'plan' | 'groups'; value: Visit | KeptPlan | KeptGroups }
  /** Key: the epoch. */
  rounds: { key: number; value: Round }
}

export const SIGNALS_MIGRATIONS: readonly Migration[] = [
  (database) => {
    for (const name of ['notes', 'rounds']) database.createObjectStore(name)
  },
]
