import { type Failure, SottoError, type SottoErrorCode, toFailure } from '../../src/shared/errors'
import { epochOf } from '../../src/shared/signals/epoch'
import type { SignalLedger, SignalPreview, SignalState } from '../../src/shared/signals/ledger'
import { hex } from '../../src/shared/signals/plan-hash'
import { listEntries } from './list-entries'
import { measureEpoch } from './measure-epoch'
import type { PlanInForce } from './plan-source'
import { previewMetrics } from './preview-metrics'
import type { Reporting, ReportingOptions } from './reporting'
import type { Visit } from './visits'

/** What a site can mend: the ledger names it. */
const NAMED: readonly SottoErrorCode[] = ['plan-invalid', 'page-insecure']
/** Who looks again soon does not wait again for a plan that has just failed to come. */
const FAILED_MS = 60_000

type Standing = { readonly state: SignalState; readonly inForce?: PlanInForce; readonly problem?: Failure }

/** What a visitor sees of all this. Loaded by those who look. */
export class VisitorView {
  readonly #options: ReportingOptions
  readonly #reporting: Reporting
  #failed: { readonly at: number; readonly standing: Standing } | undefined

  constructor(options: ReportingOptions, reporting: Reporting) {
    this.#options = options
    this.#reporting = reporting
  }

  /** What left, what waits and what it cost. Nothing is sent; the plan may be fetched. @throws SottoError a storage code. */
  async ledger(): Promise<SignalLedger> {
    const { now, consent, store, source } = this.#options
    const { budget, outbox } = this.#reporting
    const epoch = epochOf(now())
    const { state, inForce, problem } = await this.#standing()
    const isKept = consent() === 'granted'
    const rounds = isKept ? await store.rounds() : []
    const visit = isKept ? await store.readVisit() : undefined
    return {
      state,
      ...(problem && { problem }),
      ...(inForce && { plan: { url: inForce.url, hash: hex(inForce.hash), purpose: inForce.plan.purpose } }),
      budget: await budget.statement(epoch),
      entries: listEntries(
        rounds.map((round) => (round.epoch < epoch - 1 ? outbox.expired(round) : round)),
        source?.relay,
      ),
      ...(visit && { kept: { visit, groups: await store.groups() } }),
    }
  }

  /**
   * What the current epoch would be reported as; nothing is sent, and nothing kept but that this page is visited, and the groups that were drawn.
   * @param noteVisit groups are kept where a visit was noted: what is shown here must be what is told later.
   * @throws SottoError a storage code.
   */
  async preview(noteVisit: () => Promise<Visit | undefined>): Promise<SignalPreview> {
    const { state, inForce, problem } = await this.#standing()
    if (!inForce || !(await noteVisit())) return { state, ...(problem && { problem }), metrics: [] }
    const options = this.#options
    const epoch = epochOf(options.now())
    const groups = await this.#reporting.outbox.groups(inForce.plan, epoch)
    const metrics = await previewMetrics(
      inForce.plan,
      groups,
      (metric, group) => measureEpoch(metric, group, epoch, options),
      options.random,
    )
    return { state, metrics }
  }

  async #standing(): Promise<Standing> {
    const { source, isSecure, hasOptedOut, consent, now, store } = this.#options
    if (!source) return { state: 'off' }
    if (hasOptedOut()) return { state: 'opted-out' }
    if (consent() !== 'granted') return { state: 'consent' }
    const failed = this.#failed
    // Unless this page's turn, or another page, had it meanwhile.
    if (failed && Math.abs(now() - failed.at) < FAILED_MS && ((await store.plan())?.fetchedAt ?? 0) < failed.at) return failed.standing
    try {
      if (!isSecure) throw new SottoError('page-insecure', 'signals need a page that is served by https')
      return { state: 'on', inForce: await this.#reporting.plan() }
    } catch (thrown) {
      if (!(thrown instanceof SottoError && NAMED.includes(thrown.code))) throw thrown
      const standing: Standing = { state: 'failed', problem: toFailure(thrown) }
      this.#failed = { at: now(), standing }
      return standing
    }
  }
}
