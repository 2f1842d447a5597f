import type { EngineConfig } from '../../src/shared/contract'
import { cryptoBytes } from '../../src/shared/signals/random-integers'
import type { Backend } from '../../src/shared/status'
import type { HistoryKeeper } from '../store/history-keeper'
import type { Facts } from './measure/facts'
import type { KnownItems } from './measure-epoch'
import { Signals } from './signals'

/** How this page fared, as the engine notes it. */
export type PageNotes = {
  /** Of its first shelf; absent until there was one. */
  shelfMs?: number
  /** Slots of shelves that were given something to show. */
  readonly slots: Set<string>
}

/** What the engine is made of, as far as signals look into it. `Parts`: what learned models are opened from. */
export type SignalLink<Parts = never> = {
  readonly config: EngineConfig
  readonly keeper: Pick<HistoryKeeper, 'consent' | 'current'>
  readonly catalog: {
    usable(): Promise<KnownItems>
    withParts(ids: readonly string[]): Promise<{ readonly parts: Parts | undefined }>
    status(): { readonly fault?: unknown }
  }
  readonly indexes: { readonly status: { readonly backend: Backend; readonly steps: readonly unknown[] } }
  readonly learned: (parts: Parts) => Promise<{ update(kept: unknown): Promise<Facts['ranker'] | undefined> }>
  /** Grows as the page goes on. */
  readonly page: PageNotes
  readonly isForgotten: () => boolean
  /** Resolves when nobody waits for an answer. */
  readonly idle: () => Promise<void>
}

/** Joins the engine to the browser that this worker runs in. */
export function openSignals<Parts>({ config, keeper, catalog, indexes, learned, page, isForgotten, idle }: SignalLink<Parts>): Signals {
  const { namespace, signals: source } = config
  return new Signals({
    namespace,
    source,
    consent: () => keeper.consent,
    history: () => keeper.current(),
    catalog: () => catalog.usable(),
    ranker: async () => {
      const { parts } = await catalog.withParts([])
      const note = await (await keeper.current())?.note('ranker')
      return parts && (await learned(parts)).update(note)
    },
    page: () => ({
      ...(page.shelfMs !== undefined && { shelfMs: page.shelfMs }),
      backend: indexes.status.backend,
      hasFailed: Boolean(catalog.status().fault ?? indexes.status.steps.length),
      slots: [...page.slots],
    }),
    fetch: (url, init) => fetch(url, init),
    bytes: cryptoBytes,
    now: () => Date.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    idle,
    isForgotten,
    isSecure: isSecureContext,
    // Absent from TypeScript's types, and from most browsers.
    hasOptedOut: () => Boolean(source?.optedOut || (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl),
    alone: async (name, work) => {
      // Held for this one turn, and by whoever comes first: the others have nothing to do then. Pages without https have no locks, nor what hashes plans.
      await navigator.locks?.request(name, { ifAvailable: true }, async (lock) => {
        if (lock) await work()
      })
    },
  })
}
