import type { EngineConsent } from '../../../src/shared/contract'
import type { StoredEvent } from '../../../src/shared/events'
import type { RandomBytes } from '../../../src/shared/signals/random-integers'
import type { SignalPlan } from '../../../src/shared/signals/signal-plan'
import { SignalStore } from '../../../worker/signals/signal-store'
import { Signals } from '../../../worker/signals/signals'
import { dieAtWrites } from './dying-disk'

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
  consent: EngineConsent = 'granted'
  /** The tab dies at this many further steps: writes to the disk, and, but where only those count, all that is asked of the world; `undefined`: it lives. */
  stepsToLive: number | undefined
  onlyWritesCount = false
  /** The stores before whose writes, or right after, tabs died. */
  readonly deaths: string[] = []
  /** Of an event: reading a history takes longer the longer it is. */
  msPerEvent = 0
  #lastStep = ''
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
    const restore = this.stepsToLive === undefined ? () => {} : dieAtWrites(this.#namespace, (write) => this.#step(write))
    const outcomes = await Promise.allSettled(pages.map((page) => page.visit())).finally(restore)
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

  /** Counts a step of a tab that may die. */
  #step(write: string): void {
    if (this.stepsToLive === undefined || (this.onlyWritesCount && write === '' && this.stepsToLive > 0)) return
    if (--this.stepsToLive === 0)
      this.deaths.push(...(write ? [`before ${write}`] : []), ...(this.#lastStep ? [`after ${this.#lastStep}`] : []))
    if (this.stepsToLive <= 0) throw new Error('the tab was closed')
    this.#lastStep = write
  }

  #open(): Signals {
    const step = <Result>(result: () => Result): Result => {
      this.#step('')
      return result()
    }
    // What the page shows, and what choices taught, comes of what was done.
    const deeds = this.history.length
    return new Signals({
      namespace: this.#namespace,
      source: { collector: COLLECTOR },
      consent: () => step(() => this.consent),
      history: () =>
        step(async () => ({
          all: async () => {
            this.now += this.msPerEvent * deeds
            return [...this.history]
          },
        })),
      catalog: () => step(() => Promise.reject(new Error('no catalog here'))),
      ranker: () => step(async () => (deeds > 0 ? { names: ['price', 'freshness'], update: [0.02 * deeds, -0.01 * deeds] } : undefined)),
      page: () => step(() => ({ backend: 'js', hasFailed: deeds % 2 === 1, slots: deeds > 0 ? ['home'] : [], shelfMs: 10 * deeds })),
      fetch: async (url, init) => step(() => this.answer(url, init)),
      bytes: (count) => step(() => this.#bytes(count)),
      now: () => step(() => this.now),
      sleep: async (ms) =>
        step(() => {
          this.now += ms
        }),
      idle: async () => step(() => {}),
      isSecure: true,
      hasOptedOut: () => false,
      isForgotten: () => false,
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
