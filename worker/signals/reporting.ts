import { SottoError } from '../../src/shared/errors'
import { loadPart } from '../../src/shared/load-part'
import type { RandomIntegers } from '../../src/shared/signals/random-integers'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import { PrivacyBudget } from './budget'
import { measureEpoch } from './measure-epoch'
import { isUnderWay, Outbox } from './outbox'
import { type PlanInForce, PlanSource } from './plan-source'
import type { SignalStore } from './signal-store'
import type { SignalsOptions } from './signals'
import type { Fetch } from './transports/anonymous-request'
import { createLocalTransport } from './transports/local'
import type { Transport } from './transports/transport'
import type { Visit } from './visits'

export type ReportingOptions = SignalsOptions & {
  readonly store: SignalStore
  readonly random: RandomIntegers
  /** Whether anything may be asked, computed or sent at this moment. */
  readonly isAllowed: () => boolean
}

/** All that follows a plan: what is decided, charged, computed and sent. Loaded in visits with something due, and by whoever looks into it. */
export class Reporting {
  readonly #options: ReportingOptions
  readonly budget: PrivacyBudget
  readonly outbox: Outbox

  constructor(options: ReportingOptions) {
    this.#options = options
    this.budget = new PrivacyBudget(options.namespace)
    this.outbox = new Outbox({
      ...options,
      budget: this.budget,
      plan: () => this.plan(),
      transport: (plan) => this.#transport(plan),
      measure: (metric, group, epoch) => measureEpoch(metric, group, epoch, options),
    })
  }

  /** Loads what the turn will send with: its file, asked for in the moment of sending, would tell that moment. @throws SottoError `worker-failed` */
  async warm({ ready }: Visit): Promise<void> {
    if (ready === undefined) return
    for (const { plan, answers } of await this.#options.store.rounds()) if (answers.some(isUnderWay)) await this.#part(plan)
  }

  /** What all parts ask and send with: however long one of them took to get ready, nothing leaves once it may not. */
  readonly #fetch: Fetch = async (url, init) => {
    if (!this.#options.isAllowed()) throw new TypeError('consent ended, or the browser opted out')
    return this.#options.fetch(url, init)
  }

  /** The plan that is followed. @see PlanSource.current */
  plan(): Promise<PlanInForce> {
    const { now, store } = this.#options
    const { collector, plan, planHash, relay } = this.#source
    return new PlanSource({
      url: plan ?? under(collector, 'v1/plan.json'),
      store,
      fetch: this.#fetch,
      now,
      ...(planHash !== undefined && { pinned: planHash }),
      // Where gateways are looked for, and their keys beside them (RFC 9540, section 5).
      ...(relay !== undefined && { keys: new URL('/.well-known/ohttp-gateway', collector).href }),
    }).current()
  }

  /** Parts that few sites need are loaded where one of them does. @throws SottoError `worker-failed`, `keys-failed` */
  async #transport(plan: SignalPlan): Promise<Transport> {
    const { store, random } = this.#options
    const { collector, relay } = this.#source
    const fetch = this.#fetch
    const part = await this.#part(plan)
    if (part && 'createDapTransport' in part) return part.createDapTransport({ fetch })
    const url = under(collector, 'v1/reports')
    const local = createLocalTransport({ url, fetch, random })
    if (!part || relay === undefined) return local
    const kept = await store.plan()
    if (!kept?.gatewayKeys)
      throw new SottoError('keys-failed', `the gateway of ${collector} gave no keys; it is asked again at the next visit`)
    const { gatewayKeys, ...rest } = kept
    const way = part.createObliviousTransport({ local, relay, keys: gatewayKeys, collector: url, fetch })
    return {
      prepare: way.prepare,
      send: async (body) => {
        const outcome = await way.send(body)
        // It may be for the keys: with the next plan there are new ones.
        if (outcome === 'later') await store.keepPlan(rest)
        return outcome
      },
    }
  }

  /** @returns `undefined` where reports are sent as they are. */
  async #part({ mode }: SignalPlan) {
    if (mode === 'dap') return loadPart('what sends by DAP', () => import('./transports/dap'))
    return this.#source.relay === undefined ? undefined : loadPart('what sends by relays', () => import('./transports/oblivious'))
  }

  /** Turns are taken, and plans asked for, only where there is one. */
  get #source() {
    return this.#options.source! // as just said
  }
}

/** An address under the collector's, whether or not that ends in a slash. */
function under(collector: string, path: string): string {
  return `${collector.replace(/\/$/, '')}/${path}`
}
