import type { StoredEvent } from '../../../src/shared/events'
import type { RandomBytes } from '../../../src/shared/signals/random-integers'
import type { SignalPlan } from '../../../src/shared/signals/signal-plan'
import { SignalStore } from '../../../worker/signals/signal-store'
import { Signals } from '../../../worker/signals/signals'

const COLLECTOR = 'https://collect.example'

/** All that an observer of the network or the collector sees of one request. */
export type Packet = {
  readonly url: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** Method, headers and how it is sent; nothing of the body. */
  readonly envelope: string
  /** Empty where a plan was asked for. */
  readonly body: Uint8Array
}

/** A browser with the signals that ship, its own IndexedDB and Web Locks; clock, history, network and random numbers are in the audit's hands. */
export class AuditedDevice {
  now = 0
  plan: SignalPlan
  history: readonly StoredEvent[] = []
  readonly packets: Packet[] = []
  /** The tab dies at this many further steps outside the disk; `undefined`: it lives. */
  stepsToLive: number | undefined
  readonly #namespace: string
  readonly #bytes: RandomBytes

  constructor(namespace: string, plan: SignalPlan, bytes: RandomBytes) {
    this.#namespace = namespace
    this.plan = plan
    this.#bytes = bytes
  }

  /** Visits a page at a moment and leaves it when the visit's turn is over. A tab that dies says nothing. */
  async visit(at: number, tabs = 1): Promise<void> {
    this.now = at
    const pages = Array.from({ length: tabs }, () => this.#open())
    const outcomes = await Promise.allSettled(pages.map((page) => page.visit()))
    await Promise.all(pages.map((page) => page.close()))
    const isKilled = this.stepsToLive !== undefined && this.stepsToLive <= 0
    this.stepsToLive = undefined
    for (const outcome of outcomes) if (outcome.status === 'rejected' && !isKilled) throw outcome.reason
  }

  /** Everything but the budget is deleted, as by `forget`. */
  async forget(): Promise<void> {
    this.history = []
    const store = new SignalStore(this.#namespace)
    await store.wipe()
  }

  /** Reports that were sent, in order. */
  get reports(): readonly Packet[] {
    return this.packets.filter(({ body }) => body.length > 0)
  }

  #open(): Signals {
    const step = <Result>(result: () => Result): Result => {
      if (this.stepsToLive !== undefined && --this.stepsToLive <= 0) throw new Error('the tab was closed')
      return result()
    }
    return new Signals({
      namespace: this.#namespace,
      source: { collector: COLLECTOR },
      consent: () => step(() => 'granted'),
      history: () => step(async () => ({ all: async () => [...this.history] })),
      catalog: () => step(() => Promise.reject(new Error('no catalog here'))),
      ranker: () => step(async () => undefined),
      page: () => step(() => ({ backend: 'js', hasFailed: false, slots: [] })),
      fetch: async (url, init) => step(() => this.answer(url, init)),
      bytes: (count) => step(() => this.#bytes(count)),
      now: () => step(() => this.now),
      sleep: async (ms) =>
        step(() => {
          this.now += ms
        }),
      idle: async () => step(() => {}),
      hasOptedOut: () => false,
      alone: async (name, work) => {
        await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
          if (lock) await work()
        })
      },
    })
  }

  /** The network: takes reports, serves the plan. */
  answer(url: string, { body, signal: _, ...init }: RequestInit): Response {
    const bytes = ArrayBuffer.isView(body) ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice() : new Uint8Array()
    this.packets.push({ url, at: this.now, envelope: JSON.stringify(init), body: bytes })
    return new Response(init.method === 'POST' ? '{}' : JSON.stringify(this.plan))
  }
}

/** A namespace that no device had before. */
export function freshNamespace(): string {
  return `audit-${crypto.randomUUID()}`
}
