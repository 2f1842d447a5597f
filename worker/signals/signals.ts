import type { EngineConsent, SignalSource } from '../../src/shared/contract'
import { loadPart } from '../../src/shared/load-part'
import type { BudgetStatement, SignalLedger, SignalPreview } from '../../src/shared/signals/ledger'
import { RandomIntegers } from '../../src/shared/signals/random-integers'
import type { FactSources } from './measure-epoch'
import type { Reporting, ReportingOptions } from './reporting'
import { SignalStore } from './signal-store'
import type { Fetch } from './transports/anonymous-request'
import type { VisitorView } from './visitor-view'
import { delayOf, nextVisit, type Visit } from './visits'
import type { PageVitals } from './vitals'

/** Of a visit's turn: one to get ready in, one to send. */
const MOMENTS = 2

/** What the service needs of the engine, and of the world; tests pass their own. */
export type SignalsOptions = FactSources & {
  readonly namespace: string
  /** Absent where the site asks for nothing. */
  readonly source: SignalSource | undefined
  readonly consent: () => EngineConsent
  /** How this page fared so far. */
  readonly page: () => PageVitals
  readonly fetch: Fetch
  readonly bytes: ConstructorParameters<typeof RandomIntegers>[0]
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Resolves when nobody waits for an answer. */
  readonly idle: () => Promise<void>
  /** Whether the page is one to which browsers give hashes and locks. */
  readonly isSecure: boolean
  /** Whether all was forgotten on this page: nothing of its visit is noted any more, the next page's is. */
  readonly isForgotten: () => boolean
  /** Whether the browser asks not to be asked: Global Privacy Control, read anew each time. */
  readonly hasOptedOut: () => boolean
  /** Runs `work` unless another tab runs such work, or one of a page without https, which has no locks. */
  readonly alone: (name: string, work: () => Promise<void>) => Promise<void>
}

/**
 * What may leave: asks nothing, computes nothing and sends nothing unless the site set a collector, consent is `granted` and the browser has not opted out,
 * each looked at again at the moment itself. Most page visits have nothing due: here is what they need, the rest is loaded by those that have.
 */
export class Signals {
  readonly #options: SignalsOptions
  readonly #store: SignalStore
  readonly #random: RandomIntegers
  readonly #parts: ReportingOptions
  #reporting: Reporting | undefined
  #view: VisitorView | undefined
  #isWaiting = false
  #hasCountedFailure = false

  constructor(options: SignalsOptions) {
    this.#options = options
    this.#store = new SignalStore(options.namespace)
    this.#random = new RandomIntegers(options.bytes)
    this.#parts = { ...options, store: this.#store, random: this.#random, isAllowed: () => this.#isAllowed() }
  }

  /**
   * Notes that a page is being visited, and how it fared; where something is due in this visit, waits for its moment and has it done. Safe to call again.
   * @throws SottoError of storage, of the plan, or of a part that did not load: the next visit tries again.
   */
  async visit(): Promise<void> {
    const { now, sleep, idle, alone, namespace } = this.#options
    let visit = await this.#noteVisit()
    if (this.#isWaiting) return
    this.#isWaiting = true
    const failures: unknown[] = []
    try {
      for (let moment = 0; moment < MOMENTS; moment++) {
        if (!visit || delayOf(visit, now()) === undefined) break
        // Before the moment, not in it: a file that is asked for would tell when a report leaves.
        const reporting = await this.#report()
        await reporting.warm(visit)
        await sleep(delayOf(visit, now()) ?? 0)
        await idle()
        if (!this.#isAllowed()) break
        await alone(`sotto:${namespace}:signals`, () => reporting.outbox.takeTurn()).catch((thrown) => failures.push(thrown))
        visit = await this.#store.readVisit()
      }
    } finally {
      this.#isWaiting = false
    }
    if (failures.length > 0) throw failures[0]
  }

  /** @see VisitorView.ledger @throws SottoError a storage code, or `worker-failed`. */
  async ledger(): Promise<SignalLedger> {
    return (await this.#show()).ledger()
  }

  /** @see VisitorView.preview @throws SottoError a storage code, or `worker-failed`. */
  async preview(): Promise<SignalPreview> {
    return (await this.#show()).preview(() => this.#noteVisit())
  }

  /** What was spent, by epoch, rising. @throws SottoError a storage code, or `worker-failed`. */
  async spent(): Promise<BudgetStatement['records']> {
    return (await this.#report()).budget.records()
  }

  /** Lets go of the disk. */
  async close(): Promise<void> {
    await Promise.all([this.#store.close(), this.#reporting?.budget.close()])
  }

  /** @throws SottoError `worker-failed` */
  async #report(): Promise<Reporting> {
    const { Reporting } = await loadPart('what reports signals', () => import('./reporting'))
    this.#reporting ??= new Reporting(this.#parts)
    return this.#reporting
  }

  /** @throws SottoError `worker-failed` */
  async #show(): Promise<VisitorView> {
    const reporting = await this.#report()
    const { VisitorView } = await loadPart('what shows signals', () => import('./visitor-view'))
    this.#view ??= new VisitorView(this.#parts, reporting)
    return this.#view
  }

  /** @returns `undefined` where nothing may be noted. */
  async #noteVisit(): Promise<Visit | undefined> {
    const { now, page, consent, isForgotten } = this.#options
    if (!this.#isAllowed() || isForgotten()) return undefined
    const vitals = page()
    const hasFailed = vitals.hasFailed && !this.#hasCountedFailure
    const visit = await this.#store.visit((kept) => nextVisit(kept, now(), this.#random, { ...vitals, hasFailed }))
    this.#hasCountedFailure ||= hasFailed
    if (consent() !== 'denied' && !isForgotten()) return visit
    // Refused or forgotten while it was being written: then it came after the disk was wiped.
    await this.#store.wipe()
    return undefined
  }

  #isAllowed(): boolean {
    const { source, isSecure, hasOptedOut, consent } = this.#options
    return source !== undefined && isSecure && consent() === 'granted' && !hasOptedOut()
  }
}
