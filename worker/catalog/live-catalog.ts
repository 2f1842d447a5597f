import { type Failure, toFailure } from '../../src/shared/errors'
import type { Catalog } from './catalog'
import type { CatalogPlan } from './catalog-plan'
import { createGrowingCatalog, type ShardContent } from './growing-catalog'

/** Between two attempts at the same thing. */
export const RETRY_MS = 30_000

/** A plan being carried out: what is there, and the rest coming in. */
export interface LiveCatalog {
  readonly plan: Omit<CatalogPlan, 'head'>
  readonly current: Catalog
  readonly shards: readonly ShardContent[]
  /** Tails that are in, in the order they came. */
  readonly loadedTails: readonly number[]
  readonly isComplete: boolean
  /** The latest tail that failed, and why; the rest keeps working without it. */
  readonly fault: Failure | undefined
  /** Loads what can be had of these ids without asking the network. Resolves with or without them. */
  with(ids: readonly string[]): Promise<Catalog>
  /** Loads all tails, in their fixed order, the same for every visitor. Resolves when each one is in or has failed. */
  settled(): Promise<Catalog>
  /** Starts no further tail. */
  stop(): void
}

/** @param loadedTails tails whose items the plan's head already holds. */
export function createLiveCatalog(
  { head, ...plan }: CatalogPlan,
  loadedTails: readonly number[],
  { now, pause }: { readonly now: () => number; readonly pause: () => Promise<void> },
): LiveCatalog {
  const growing = createGrowingCatalog(head, plan.total)
  const done = new Set(loadedTails)
  const running = new Map<number, Promise<void>>()
  const failedAt = new Map<number, number>()
  let fault: Failure | undefined
  let streaming: Promise<Catalog> | undefined
  let isStopped = false

  async function attempt(tail: number): Promise<void> {
    try {
      const shard = await plan.loadTail(tail)
      growing.append(shard)
      done.add(tail)
      failedAt.delete(tail)
      if (failedAt.size === 0) fault = undefined
    } catch (thrown) {
      failedAt.set(tail, now())
      fault = toFailure(thrown)
    }
    running.delete(tail)
  }

  function load(tail: number): Promise<void> {
    const failed = failedAt.get(tail)
    const isTooSoon = failed !== undefined && Math.abs(now() - failed) < RETRY_MS
    if (isStopped || done.has(tail) || isTooSoon) return Promise.resolve()
    let loading = running.get(tail)
    if (!loading) {
      loading = attempt(tail)
      running.set(tail, loading)
    }
    return loading
  }

  async function stream(): Promise<Catalog> {
    // One after the other: so items stay in order of popularity, and what is fetched when tells nothing of the visitor.
    for (let tail = 0; tail < plan.tailCount && !isStopped; tail++) {
      if (done.has(tail)) continue
      await load(tail)
      await pause()
    }
    streaming = undefined
    return growing.current
  }

  return {
    plan,
    get current() {
      return growing.current
    },
    shards: growing.shards,
    get loadedTails() {
      return [...done]
    },
    get isComplete() {
      return done.size === plan.tailCount
    },
    get fault() {
      return fault
    },
    async with(ids) {
      const missing = ids.filter((id) => growing.current.indexOf(id) < 0)
      await Promise.all([...new Set(missing.map(plan.tailOf))].filter((tail) => tail >= 0).map(load))
      return growing.current
    },
    settled() {
      streaming ??= stream()
      return streaming
    },
    stop() {
      isStopped = true
    },
  }
}
