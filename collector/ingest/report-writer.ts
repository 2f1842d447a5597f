import { type Database, sqlState } from '../database/database'
import type { CheckedReport } from './check-report'
import { Refusal } from './refusal'
import { type WriteOutcome, writeReports } from './write-reports'

export type WriterOptions = {
  /**
   * How long a report may wait for others, so that fewer are written alone: what is written alone can be told apart in the database's log. Milliseconds,
   * 0: not at all. Default 500: a device waits 10 seconds for an answer.
   */
  readonly quietWaitMs?: number
  /** Reports that need not wait for more. Default 128. */
  readonly enough?: number
  /** Reports waiting beyond which more are told to come later. Default 20,000: a second or two of writing. */
  readonly mostWaiting?: number
  /** Hears of a batch that could not be written, after all tries. */
  readonly onFailure?: (thrown: unknown) => void
  /** Passed in so that tests need not wait. */
  readonly sleep?: (ms: number) => Promise<void>
}

type Waiting = {
  readonly reports: readonly CheckedReport[]
  readonly settle: (outcomes: readonly WriteOutcome[]) => void
  readonly fail: (refusal: Refusal) => void
}

/** Written at once: more make a statement longer than it need be. */
const BATCH = 4_096
/** Pauses before a batch is tried again, in milliseconds; then its senders are asked to come again. */
const PAUSES_MS = [50, 500]
/** Errors of the database's state that pass (PostgreSQL's manual, appendix A): connections, rollbacks, resources, an operator at work. Without a code: the network. */
const PASSING = /^(08|40|53|57)|^$/

/**
 * Writes reports in batches, one after another: while one is written the next collects. Whoever adds reports hears of them when they are committed, and
 * not before.
 */
export class ReportWriter {
  readonly #database: Database
  readonly #quietWaitMs: number
  readonly #enough: number
  readonly #mostWaiting: number
  readonly #onFailure: (thrown: unknown) => void
  readonly #sleep: (ms: number) => Promise<void>
  #queue: Waiting[] = []
  #waiting = 0
  #isWriting = false
  #wake: (() => void) | undefined
  #ended: Promise<void> = Promise.resolve()

  constructor(database: Database, options: WriterOptions = {}) {
    const { quietWaitMs = 500, enough = 128, mostWaiting = 20_000, onFailure = () => {}, sleep = pause } = options
    this.#database = database
    this.#quietWaitMs = quietWaitMs
    this.#enough = enough
    this.#mostWaiting = mostWaiting
    this.#onFailure = onFailure
    this.#sleep = sleep
  }

  /**
   * @param reports at most what a body holds.
   * @returns one outcome a report, in their order, once they are committed. @throws Refusal `busy`, or `unavailable`: sent again, they are counted once.
   */
  add(reports: readonly CheckedReport[]): Promise<readonly WriteOutcome[]> {
    if (this.#waiting + reports.length > this.#mostWaiting) return Promise.reject(new Refusal('busy'))
    this.#waiting += reports.length
    const written = new Promise<readonly WriteOutcome[]>((settle, fail) => this.#queue.push({ reports, settle, fail }))
    if (!this.#isWriting) this.#ended = this.#write()
    else if (this.#waiting >= this.#enough) this.#wake?.()
    return written
  }

  /** Resolves when all that waits is written; it waits for no more to come. */
  async drain(): Promise<void> {
    this.#wake?.()
    await this.#ended
  }

  async #write(): Promise<void> {
    this.#isWriting = true
    while (this.#queue.length > 0) {
      if (this.#waiting < this.#enough && this.#quietWaitMs > 0) {
        await Promise.race([this.#sleep(this.#quietWaitMs), new Promise<void>((wake) => (this.#wake = wake))])
        this.#wake = undefined
      }
      await this.#writeBatch(this.#takeBatch())
    }
    this.#isWriting = false
  }

  #takeBatch(): readonly Waiting[] {
    // At least one: no body is larger than a batch.
    let [end, size] = [1, this.#queue[0]!.reports.length]
    while (end < this.#queue.length && size + this.#queue[end]!.reports.length <= BATCH) size += this.#queue[end++]!.reports.length
    return this.#queue.splice(0, end)
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    const reports = batch.flatMap((waiting) => waiting.reports)
    try {
      const outcomes = await this.#persist(reports)
      let next = 0
      for (const waiting of batch) {
        waiting.settle(outcomes.slice(next, next + waiting.reports.length))
        next += waiting.reports.length
      }
    } catch (thrown) {
      this.#onFailure(thrown)
      for (const waiting of batch) waiting.fail(new Refusal('unavailable'))
    } finally {
      this.#waiting -= reports.length
    }
  }

  async #persist(reports: readonly CheckedReport[]): Promise<readonly WriteOutcome[]> {
    for (const pauseMs of PAUSES_MS) {
      try {
        return await writeReports(this.#database, reports)
      } catch (thrown) {
        if (!PASSING.test(sqlState(thrown))) throw thrown
        await this.#sleep(pauseMs)
      }
    }
    return writeReports(this.#database, reports)
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
