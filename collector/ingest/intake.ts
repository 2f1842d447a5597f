import { REPORT_BYTES } from '../../src/shared/signals/report'
import type { PlanShelf } from '../plans/plan-shelf'
import { type CheckedReport, checkReport } from './check-report'
import type { OpenEpochs } from './open-epochs'
import type { ReportRefusal } from './refusal'
import type { RefusalCounts } from './refusal-counts'
import type { ReportWriter } from './report-writer'

/** What became of a body's reports. */
export type IntakeAnswer = {
  readonly accepted: number
  /** Counted before: sent again after a lost answer. */
  readonly duplicates: number
  /** The others, by their place in the body. */
  readonly refused: readonly { readonly at: number; readonly code: ReportRefusal }[]
}

/** Takes reports, as bytes, from wherever they come: checks each, has the good ones counted, and counts why others were refused. */
export class Intake {
  readonly #plans: PlanShelf
  readonly #epochs: OpenEpochs
  readonly #writer: ReportWriter
  readonly #counts: RefusalCounts
  readonly #onUnknown: () => Promise<void>

  /** @param onUnknown reads anew what may have changed, since a report names a plan or an epoch that is not known here; does so now and then only. */
  constructor(plans: PlanShelf, epochs: OpenEpochs, writer: ReportWriter, counts: RefusalCounts, onUnknown: () => Promise<void>) {
    this.#plans = plans
    this.#epochs = epochs
    this.#writer = writer
    this.#counts = counts
    this.#onUnknown = onUnknown
  }

  /**
   * @param body whole reports one after another; anything else is refused as `size`.
   * @returns once all that was accepted is committed. @throws Refusal `busy` or `unavailable`: none of it is sure to be counted, and may be sent again.
   */
  async take(body: Uint8Array): Promise<IntakeAnswer> {
    if (body.length === 0 || body.length % REPORT_BYTES !== 0) return this.#answer([{ at: 0, code: 'size' }], 0, 0)
    let checked = this.#check(body)
    if (checked.some((one) => one === 'plan-unknown' || one === 'epoch-closed')) {
      await this.#onUnknown()
      checked = this.#check(body)
    }
    const good = checked.filter((one): one is CheckedReport => typeof one !== 'string')
    const written = good.length > 0 ? await this.#writer.add(good) : []
    const refused: { at: number; code: ReportRefusal }[] = []
    let [accepted, duplicates, next] = [0, 0, 0]
    checked.forEach((one, at) => {
      const outcome = typeof one === 'string' ? one : written[next++]!
      if (outcome === 'accepted') accepted++
      else if (outcome === 'duplicate') duplicates++
      else refused.push({ at, code: outcome })
    })
    return this.#answer(refused, accepted, duplicates)
  }

  #check(body: Uint8Array): readonly (CheckedReport | ReportRefusal)[] {
    return Array.from({ length: body.length / REPORT_BYTES }, (_, at) =>
      checkReport(body.subarray(at * REPORT_BYTES, (at + 1) * REPORT_BYTES), (tag) => this.#plans.byTag(tag), this.#epochs),
    )
  }

  #answer(refused: IntakeAnswer['refused'], accepted: number, duplicates: number): IntakeAnswer {
    for (const { code } of refused) this.#counts.add(code)
    return { accepted, duplicates, refused }
  }
}
