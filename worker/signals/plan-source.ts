import { SottoError } from '../../src/shared/errors'
import { hashPlan, hex } from '../../src/shared/signals/plan-hash'
import { readPlan } from '../../src/shared/signals/read-plan'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import type { SignalStore } from './signal-store'
import type { KeptPlan } from './signals-schema'
import { ANONYMOUS, type Fetch } from './transports/anonymous-request'

/** A plan is some lines; 16 metrics of 64 buckets fit easily. */
const MOST_BYTES = 65_536
const DEADLINE_MS = 10_000
/** Older, it is fetched again; and two clocks that differ by more than this are not believed. */
const DAY_MS = 86_400_000

/** The plan that is followed. */
export type PlanInForce = {
  readonly url: string
  readonly plan: SignalPlan
  /** [32] SHA-256 of the plan as it was fetched. */
  readonly hash: Uint8Array<ArrayBuffer>
  /** Whether it was fetched lately, and by a clock that agrees with the server's where that one could be heard. */
  readonly isTimely: boolean
}

export type PlanSourceOptions = {
  readonly url: string
  /** Hex; where it is set, no other plan is followed. */
  readonly pinned?: string
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
   * The plan, fetched where what is kept is more than a day old; an older one where that fails.
   * @throws SottoError `plan-invalid` where there is none to follow: it did not come, is too large, not a plan or not the one that was pinned.
   */
  async current(): Promise<PlanInForce> {
    const { url, store, now } = this.#options
    const known = await store.plan()
    const kept = known?.url === url ? known : undefined
    if (kept && Math.abs(now() - kept.fetchedAt) < DAY_MS) return this.#read(kept)
    const fetched = await this.#fetch().catch((cause) => {
      if (kept) return kept
      throw new SottoError(
        'plan-invalid',
        `the signal plan did not come (${cause}): is it served at ${url}, with CORS?`,
        { path: '' },
        { cause },
      )
    })
    const plan = await this.#read(fetched)
    if (fetched !== kept) await store.keepPlan(fetched)
    return plan
  }

  async #fetch(): Promise<KeptPlan> {
    const { url, fetch, now } = this.#options
    // The browser's cache may answer: a plan is the same for everybody, and one request less.
    const response = await fetch(url, { ...ANONYMOUS, cache: 'default', signal: AbortSignal.timeout(DEADLINE_MS) })
    if (!response.ok || !response.body) throw new TypeError(`HTTP status ${response.status}`)
    const bytes = await readBounded(response.body)
    const servedAt = Date.parse(response.headers.get('date') ?? '')
    return { url, bytes, fetchedAt: now(), ...(servedAt > 0 && { servedAt }) }
  }

  async #read({ url, bytes, fetchedAt, servedAt = fetchedAt }: KeptPlan): Promise<PlanInForce> {
    const hash = await hashPlan(bytes)
    const { pinned, now } = this.#options
    if (pinned !== undefined && hex(hash) !== pinned.toLowerCase()) {
      throw new SottoError(
        'plan-invalid',
        `the signal plan has the hash ${hex(hash)}, expected ${pinned}: pin the new one if it is meant`,
        { path: '' },
      )
    }
    const isTimely = Math.abs(now() - fetchedAt) < DAY_MS && Math.abs(fetchedAt - servedAt) < DAY_MS
    return { url, hash, isTimely, plan: readPlan(parse(bytes)) }
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

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw new SottoError('plan-invalid', 'signal plan: must be JSON', { path: '' }, { cause })
  }
}
