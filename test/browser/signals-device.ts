import type { EngineConsent } from '../../src/shared/contract'
import type { StoredEvent } from '../../src/shared/events'
import { EPOCH_MS, epochStart } from '../../src/shared/signals/epoch'
import { hex } from '../../src/shared/signals/plan-hash'
import { cryptoBytes } from '../../src/shared/signals/random-integers'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import { Signals, type SignalsOptions } from '../../worker/signals/signals'

/** Tuesday noon of an epoch. */
export const midweek = (epoch: number) => epochStart(epoch) + 36 * 3_600_000
export const EPOCH = 2900
export const HOUR = 3_600_000
export const WEEK = EPOCH_MS

export const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'A test.',
  firstSession: 0,
  metrics: [
    { name: 'funnel', counts: 'funnel' },
    { name: 'frequency', counts: 'segment', by: 'frequency' },
  ],
}

export type Request = { readonly url: string; readonly init: RequestInit; readonly body: string }

/** A collector that never was: it serves a plan, takes reports, and remembers what it was asked. */
export class CollectorDouble {
  readonly requests: Request[] = []
  plan: unknown = PLAN
  /** By its own clock; `undefined`: it is not heard. */
  now: (() => number) | undefined
  status = 200

  fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const body = init.body instanceof Uint8Array ? hex(init.body) : ''
    this.requests.push({ url, init, body })
    if (init.method === 'POST') return new Response('{}', { status: this.status })
    return new Response(JSON.stringify(this.plan), { headers: this.now ? { date: new Date(this.now()).toUTCString() } : {} })
  }

  /** Bodies of reports in hex, in order. */
  get reports(): readonly string[] {
    return this.requests.filter(({ init }) => init.method === 'POST').map(({ body }) => body)
  }
}

/** A browser whose clock and consent are in the test's hands. */
export class DeviceDouble {
  now = midweek(EPOCH)
  consent: EngineConsent = 'granted'
  isSecure = true
  hasOptedOut = false
  isForgotten = false
  history: StoredEvent[] = []
  readonly slept: number[] = []
  readonly collector: CollectorDouble
  readonly namespace: string
  readonly #open: Signals[] = []

  constructor(namespace: string, collector = new CollectorDouble()) {
    this.namespace = namespace
    this.collector = collector
  }

  /** A page of this browser. */
  page(overrides: Partial<SignalsOptions> = {}): Signals {
    const signals = new Signals({
      namespace: this.namespace,
      source: { collector: 'https://collect.example' },
      consent: () => this.consent,
      history: async () => ({ all: async () => this.history }),
      catalog: () => Promise.reject(new Error('no catalog')),
      ranker: async () => undefined,
      page: () => ({ backend: 'none', hasFailed: false, slots: [] }),
      fetch: this.collector.fetch,
      bytes: cryptoBytes,
      now: () => this.now,
      sleep: async (ms) => void this.slept.push(ms),
      idle: async () => {},
      isSecure: this.isSecure,
      hasOptedOut: () => this.hasOptedOut,
      isForgotten: () => this.isForgotten,
      alone: async (name, work) => {
        await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
          if (lock) await work()
        })
      },
      ...overrides,
    })
    this.#open.push(signals)
    return signals
  }

  /** Visits at a time, on one page, and leaves. */
  async visit(now = this.now): Promise<void> {
    this.now = now
    const page = this.page()
    await page.visit()
    await page.close()
  }

  async ledger() {
    const page = this.page()
    const ledger = await page.ledger()
    await page.close()
    return ledger
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.map((page) => page.close()))
  }
}

/** Somebody who shops, in an epoch. */
export function shopping(epoch: number): StoredEvent[] {
  const time = midweek(epoch)
  const items = [{ item_id: 'lamp-1', item_category: 'Lamps' }]
  const event = (name: StoredEvent['name'], at: number): StoredEvent => ({ id: `${at}`, name, time: time + at, session: 1, items })
  return [event('view_item', 1), event('add_to_cart', 2), event('purchase', 3)]
}
