import type { EngineConsent, SignalSource } from '../../src/shared/contract'
import { type Failure, SottoError, type SottoErrorCode, toFailure } from '../../src/shared/errors'
import { loadPart } from '../../src/shared/load-part'
import { epochOf } from '../../src/shared/signals/epoch'
import type { SignalLedger, SignalPreview, SignalState } from '../../src/shared/signals/ledger'
import { hex } from '../../src/shared/signals/plan-hash'
import { RandomIntegers } from '../../src/shared/signals/random-integers'
import type { Metric, SignalPlan } from '../../src/shared/signals/signal-plan'
import { PrivacyBudget } from './budget'
import type { FactSources } from './measure-epoch'
import { Outbox } from './outbox'
import { type PlanInForce, PlanSource } from './plan-source'
import { SignalStore } from './signal-store'
import type { Fetch } from './transports/anonymous-request'
import { createLocalTransport } from './transports/local'
import type { Transport } from './transports/transport'
import { delayOf, nextVisit, type Visit } from './visits'
import type { PageVitals } from './vitals'

/** What a site can mend: the ledger names it. */
const NAMED: readonly SottoErrorCode[] = ['plan-invalid', 'page-insecure']
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
  /** Whether the browser asks not to be asked: Global Privacy Control, read anew each time. */
  readonly hasOptedOut: () => boolean
  /** Runs `work` unless another tab runs such work, or one of a page without https, which has no locks. */
  readonly alone: (name: string, work: () => Promise<void>) => Promise<void>
}

/**
 * What may leave: asks nothing, computes nothing and sends nothing unless the site set a collector, consent is `granted` and the browser has not opted out,
 * each looked at again at the moment itself.
 */
export class Signals {
  readonly #options: SignalsOptions
  readonly #store: SignalStore
  readonly budget: PrivacyBudget
  readonly #random: RandomIntegers
  #isWaiting = false
  #hasCountedFailure = false

  constructor(options: SignalsOptions) {
    this.#options = options
    this.#store = new SignalStore(options.namespace)
    this.budget = new PrivacyBudget(options.namespace)
    this.#random = new RandomIntegers(options.bytes)
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
        const delay = visit && delayOf(visit, now())
        if (delay === undefined) break
        await sleep(delay)
        await idle()
        if (!this.#isAllowed()) break
        await alone(`sotto:${namespace}:signals`, () => this.#outbox().takeTurn()).catch((thrown) => failures.push(thrown))
        visit = await this.#store.readVisit()
      }
    } finally {
      this.#isWaiting = false
    }
    if (failures.length > 0) throw failures[0]
  }

  /** @returns `undefined` where nothing may be noted. */
  async #noteVisit(): Promise<Visit | undefined> {
    const { now, page, consent } = this.#options
    if (!this.#isAllowed()) return undefined
    const vitals = page()
    const hasFailed = vitals.hasFailed && !this.#hasCountedFailure
    const visit = await this.#store.visit((kept) => nextVisit(kept, now(), this.#random, { ...vitals, hasFailed }))
    this.#hasCountedFailure ||= hasFailed
    if (consent() !== 'denied') return visit
    // Refused while it was being written: then it came after the disk was wiped.
    await this.#store.wipe()
    return undefined
  }

  /** What left, what waits and what it cost. Nothing is sent; the plan may be fetched. @throws SottoError a storage code. */
  async ledger(): Promise<SignalLedger> {
    const epoch = epochOf(this.#options.now())
    const { state, inForce, problem } = await this.#state()
    const outbox = this.#outbox()
    const { listEntries } = await forVisitors()
    const isKept = this.#options.consent() === 'granted'
    const rounds = isKept ? await this.#store.rounds() : []
    const visit = isKept ? await this.#store.readVisit() : undefined
    return {
      state,
      ...(problem && { problem }),
      ...(inForce && { plan: { url: inForce.url, hash: hex(inForce.hash), purpose: inForce.plan.purpose } }),
      budget: await this.budget.statement(epoch),
      entries: listEntries(
        rounds.map((round) => (round.epoch < epoch - 1 ? outbox.expired(round) : round)),
        this.#options.source?.relay,
      ),
      ...(visit && { kept: { visit, groups: await this.#store.groups() } }),
    }
  }

  /**
   * What the current epoch would be reported as; nothing is sent, and nothing kept but that this page is visited, and the groups that were drawn.
   * @throws SottoError a storage code.
   */
  async preview(): Promise<SignalPreview> {
    const { state, inForce, problem } = await this.#state()
    // Groups are kept where a visit was noted: what is shown here must be what is told later.
    if (!inForce || !(await this.#noteVisit())) return { state, ...(problem && { problem }), metrics: [] }
    const epoch = epochOf(this.#options.now())
    const { previewMetrics } = await forVisitors()
    const groups = await this.#outbox().groups(inForce.plan, epoch)
    const measureNow = (metric: Metric, group: number) => this.#measure(metric, group, epoch)
    return { state, metrics: await previewMetrics(inForce.plan, groups, measureNow, this.#random) }
  }

  /** Lets go of the disk. */
  async close(): Promise<void> {
    await Promise.all([this.#store.close(), this.budget.close()])
  }

  async #state(): Promise<{ readonly state: SignalState; readonly inForce?: PlanInForce; readonly problem?: Failure }> {
    const { source, isSecure, hasOptedOut, consent } = this.#options
    if (!source) return { state: 'off' }
    if (hasOptedOut()) return { state: 'opted-out' }
    if (consent() !== 'granted') return { state: 'consent' }
    try {
      if (!isSecure) throw new SottoError('page-insecure', 'signals need a page that is served by https')
      return { state: 'on', inForce: await this.#plan(source) }
    } catch (thrown) {
      if (!(thrown instanceof SottoError && NAMED.includes(thrown.code))) throw thrown
      return { state: 'failed', problem: toFailure(thrown) }
    }
  }

  #isAllowed(): boolean {
    const { source, isSecure, hasOptedOut, consent } = this.#options
    return source !== undefined && isSecure && consent() === 'granted' && !hasOptedOut()
  }

  /** What all parts ask and send with: however long one of them took to get ready, nothing leaves once it may not. */
  readonly #fetch: Fetch = async (url, init) => {
    if (!this.#isAllowed()) throw new TypeError('consent ended, or the browser opted out')
    return this.#options.fetch(url, init)
  }

  #outbox(): Outbox {
    const { source, now } = this.#options
    return new Outbox({
      store: this.#store,
      budget: this.budget,
      plan: () => this.#plan(source!), // turns are taken, and groups drawn, only where there is one
      transport: (plan) => this.#transport(plan, source!), // as above
      measure: (metric, group, epoch) => this.#measure(metric, group, epoch),
      isAllowed: () => this.#isAllowed(),
      random: this.#random,
      now,
    })
  }

  #plan({ collector, plan, planHash, relay }: SignalSource): Promise<PlanInForce> {
    const { now } = this.#options
    const url = plan ?? under(collector, 'v1/plan.json')
    return new PlanSource({
      url,
      store: this.#store,
      fetch: this.#fetch,
      now,
      ...(planHash !== undefined && { pinned: planHash }),
      // Where gateways are looked for, and their keys beside them (RFC 9540, section 5).
      ...(relay !== undefined && { keys: new URL('/.well-known/ohttp-gateway', collector).href }),
    }).current()
  }

  /** Parts that few sites need are loaded when a report is due. @throws SottoError `worker-failed` */
  async #transport({ mode }: SignalPlan, { collector, relay }: SignalSource): Promise<Transport> {
    const fetch = this.#fetch
    if (mode === 'dap') {
      const { createDapTransport } = await loadPart('what sends by DAP', () => import('./transports/dap'))
      return createDapTransport({ fetch })
    }
    const url = under(collector, 'v1/reports')
    const local = createLocalTransport({ url, fetch, random: this.#random })
    if (relay === undefined) return local
    const { createObliviousTransport } = await loadPart('what sends by relays', () => import('./transports/oblivious'))
    const kept = await this.#store.plan()
    if (!kept?.gatewayKeys)
      throw new SottoError('keys-failed', `the gateway of ${collector} gave no keys; it is asked again at the next visit`)
    const { gatewayKeys, ...plan } = kept
    const way = createObliviousTransport({ local, relay, keys: gatewayKeys, collector: url, fetch })
    return {
      prepare: way.prepare,
      send: async (body) => {
        const outcome = await way.send(body)
        // It may be for the keys: with the next plan there are new ones.
        if (outcome === 'later') await this.#store.keepPlan(plan)
        return outcome
      },
    }
  }

  async #measure(metric: Metric, group: number, epoch: number): Promise<number> {
    const { measureEpoch } = await loadPart('what measures answers', () => import('./measure-epoch'))
    return measureEpoch(metric, group, epoch, this.#options, this.#store, this.#random)
  }
}

/** @throws SottoError `worker-failed` */
function forVisitors() {
  return loadPart('what shows signals', () => import('./for-visitors'))
}

/** An address under the collector's, whether or not that ends in a slash. */
function under(collector: string, path: string): string {
  return `${collector.replace(/\/$/, '')}/${path}`
}
