import { SottoError } from '../../src/shared/errors'
import { loadPart } from '../../src/shared/load-part'
import { hashPlan, hex } from '../../src/shared/signals/plan-hash'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import type { SignalStore } from './signal-store'
import type { KeptPlan } from './signals-schema'
import { ANONYMOUS, DEADLINE_MS, type Fetch } from './transports/anonymous-request'

/** A plan is some lines; 16 metrics of 64 buckets fit easily. */
const MOST_BYTES = 65_536
/** Older, it is fetched again; and two clocks that differ by more than this are not believed. */
const DAY_MS = 86_400_000

/** The plan that is followed. */
export type PlanInForce = KeptPlan & {
  /** Whether it was fetched lately, and by a clock that agrees with the server's where that one could be heard. */
  readonly isTimely: boolean
}

export type PlanSourceOptions = {
  readonly url: string
  /** Hex; where it is set, no other plan is followed. */
  readonly pinned?: string
  /** Where a relay's gateway has its keys, if one is used. */
  readonly keys?: string
  readonly store: SignalStore
  readonly fetch: Fetch
  readonly now: () => number
}

/** Fetches the plan as everybody does, and keeps it. */
export class PlanSource {
  readonly #options: PlanSourceOptions

  constructor(options: PlanSourceOptions) {
    this.#options = options
  }

  /**
   * The plan, fetched where what is kept is more than a day old; an older one where nobody answers.
   * @throws SottoError `plan-invalid` where there is none to follow: it did not come, is too large, not a plan or not the one that was pinned.
   */
  async current(): Promise<PlanInForce> {
    const { url, keys, store, now } = this.#options
    const known = await store.plan()
    const kept = known?.url === url && this.#isWanted(known) ? known : undefined
    const isFresh = kept && (keys === undefined || kept.gatewayKeys) && Math.abs(now() - kept.fetchedAt) < DAY_MS
    const { fetchedAt, servedAt = fetchedAt, ...plan } = isFresh ? kept : await this.#renew(kept)
    const isTimely = Math.abs(now() - fetchedAt) < DAY_MS && Math.abs(fetchedAt - servedAt) < DAY_MS
    return { ...plan, fetchedAt, servedAt, isTimely }
  }

  async #renew(kept: KeptPlan | undefined): Promise<KeptPlan> {
    const { url, pinned, store, fetch, now } = this.#options
    let bytes: Uint8Array<ArrayBuffer>
    let servedAt: number
    const keys = this.#gatewayKeys()
    try {
      // Past the browser's cache: what it asks with (an entity tag) could tell who asks, and what it answers is of a clock of long ago.
      const response = await fetch(url, { ...ANONYMOUS, signal: AbortSignal.timeout(DEADLINE_MS) })
      if (!response.ok || !response.body) throw new TypeError(`HTTP status ${response.status}`)
      servedAt = Date.parse(response.headers.get('date') ?? '')
      bytes = await readBounded(response.body)
    } catch (cause) {
      if (kept) return kept
      throw invalid(`it did not come (${cause}): is it served at ${url}, with CORS?`, cause)
    }
    const hash = await hashPlan(bytes)
    const heard = { url, hash, fetchedAt: now(), ...(servedAt > 0 && { servedAt }) }
    if (!this.#isWanted(heard)) throw invalid(`its hash is ${hex(hash)}, expected ${pinned}: pin the new one if it is meant`)
    const isKnown = kept && hex(kept.hash) === hex(hash)
    const gatewayKeys = (await keys) ?? kept?.gatewayKeys
    const renewed = { ...heard, ...(gatewayKeys && { gatewayKeys }), plan: isKnown ? kept.plan : await check(bytes) }
    await store.keepPlan(renewed)
    return renewed
  }

  /** Kept with the plan, and asked for with it. @returns base64; `undefined` where there are none: they are asked for again with the next. */
  async #gatewayKeys(): Promise<string | undefined> {
    const { keys, fetch } = this.#options
    if (keys === undefined) return undefined
    const request = { ...ANONYMOUS, headers: { Accept: 'application/ohttp-keys' }, signal: AbortSignal.timeout(DEADLINE_MS) }
    const response = await fetch(keys, request).catch(() => undefined)
    const bytes = response?.ok && response.body ? await readBounded(response.body).catch(() => undefined) : undefined
    return bytes && btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  }

  #isWanted({ hash }: { readonly hash: Uint8Array }): boolean {
    const { pinned } = this.#options
    return pinned === undefined || hex(hash) === pinned.toLowerCase()
  }
}

async function readBounded(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(MOST_BYTES)
  let length = 0
  for (const reader = body.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) return bytes.slice(0, length)
    if (length + value.length > MOST_BYTES) {
      await reader.cancel()
      throw new RangeError(`over ${MOST_BYTES} bytes`)
    }
    bytes.set(value, length)
    length += value.length
  }
}

/** What checks plans is loaded when there is a new one. @throws SottoError `plan-invalid`, `worker-failed` */
async function check(bytes: Uint8Array): Promise<SignalPlan> {
  const { readPlan } = await loadPart('what checks plans', () => import('../../src/shared/signals/read-plan'))
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw invalid('it is not JSON', cause)
  }
  return readPlan(value)
}

function invalid(reason: string, cause?: unknown): SottoError {
  return new SottoError('plan-invalid', `signal plan: ${reason}`, { path: '' }, { cause })
}
