import { closesAt } from '../src/shared/signals/epoch-window'
import type { RandomIntegers } from '../src/shared/signals/random-integers'
import { type Database, sqlState } from './database/database'
import { wholesOf } from './database/read-row'
import { Intake } from './ingest/intake'
import { OpenEpochs } from './ingest/open-epochs'
import { RefusalCounts } from './ingest/refusal-counts'
import { ReportWriter, type WriterOptions } from './ingest/report-writer'
import { PlanShelf } from './plans/plan-shelf'
import { eraseEpoch, publishEpoch } from './publish/close-epoch'

export type CollectorOptions = {
  readonly database: Database
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly random: RandomIntegers
  /** A line for the operator; never holds anything of a request. */
  readonly log: (line: string) => void
  readonly writer?: WriterOptions
}

/** What other collectors did is seen after this at the latest. */
const TURN_MS = 15_000
/** Turns missed until this collector says that it is not ready. */
const READY_MS = 4 * TURN_MS
/** Between earlier totals and the present ones there may be a single report: this long they may stay on the disk. */
const TIDY_MS = 3_600_000
/** A report may name a plan that was just put elsewhere: then it is looked for at once, but not for every report. */
const UNKNOWN_PAUSE_MS = 2_000

/** Everything but HTTP: takes reports, keeps plans, opens epochs, publishes and closes them. */
export class Collector {
  readonly plans: PlanShelf
  readonly intake: Intake
  readonly counts = new RefusalCounts()
  readonly database: Database
  readonly #options: CollectorOptions
  readonly #epochs: OpenEpochs
  readonly #writer: ReportWriter
  #timer: NodeJS.Timeout | undefined
  #turning: Promise<void> | undefined
  #turnedAt = Number.NEGATIVE_INFINITY
  #lookedAt = Number.NEGATIVE_INFINITY
  #tidiedAt = Number.NEGATIVE_INFINITY
  /** Something was published or erased, and not all of what it was made of is gone: also by the process before, for all that is known. */
  #isUntidy = true

  constructor(options: CollectorOptions) {
    const { database, now, writer } = options
    this.#options = options
    this.database = database
    this.plans = new PlanShelf(database)
    this.#epochs = new OpenEpochs(database, this.plans, now)
    this.#writer = new ReportWriter(database, { onFailure: (thrown) => this.#logFailure(thrown), ...writer })
    this.intake = new Intake(this.plans, this.#epochs, this.#writer, this.counts, () => this.#lookForUnknown())
  }

  /**
   * Reads the plans, puts `plan` among them if it was never there, takes its first turn, and takes the others by itself from then on.
   * @param plan JSON in UTF-8; without one, the current one of the database. @throws SottoError `plan-invalid`; what the database says.
   */
  async start(plan?: Uint8Array): Promise<void> {
    await this.plans.refresh()
    if (plan) await this.putPlan(plan, { onlyNew: true })
    await this.takeTurn()
    this.#timer = setInterval(() => this.#turnQuietly(), TURN_MS)
    this.#timer.unref()
  }

  /** See `PlanShelf.put`. @throws SottoError `plan-invalid`; what the database says. */
  async putPlan(content: Uint8Array, how: { readonly onlyNew: boolean }): Promise<void> {
    await this.plans.put(content, how)
    if (this.#turnedAt > Number.NEGATIVE_INFINITY) await this.#epochs.refresh()
  }

  /** Reads what others did, opens the epochs that have begun, and publishes those that are over. @throws what the database says. */
  async takeTurn(): Promise<void> {
    const { database, now, log } = this.#options
    await this.plans.refresh()
    await this.#epochs.refresh()
    const rows = await database.transaction((run) =>
      run("SELECT coalesce(array_agg(epoch ORDER BY epoch), '{}') AS epochs FROM sotto.epochs WHERE state = 'open'"),
    )
    const over = wholesOf(rows[0], 'epochs').filter((epoch) => now() >= closesAt(epoch))
    for (const epoch of over) {
      if (await publishEpoch(database, this.plans, epoch, () => this.#options.random.below(2 ** 32) / 2 ** 32)) {
        log(`epoch ${epoch} is published`)
        this.#isUntidy = true
      }
    }
    this.#turnedAt = now()
    if (this.#isUntidy || now() - this.#tidiedAt >= TIDY_MS) await this.#tidy()
  }

  /** Whether the database answered lately. */
  get isReady(): boolean {
    return this.#options.now() - this.#turnedAt < READY_MS
  }

  /** See `eraseEpoch`. */
  async erase(epoch: number): Promise<boolean> {
    const isErased = await eraseEpoch(this.database, epoch)
    await this.#epochs.refresh()
    if (isErased) {
      this.#isUntidy = true
      await this.#tidy()
    }
    return isErased
  }

  /** Takes no more turns by itself; whoever wants one asks for it. */
  async rest(): Promise<void> {
    clearInterval(this.#timer)
    await this.#turning
  }

  /** Writes what waits and lets go of the database. */
  async close(): Promise<void> {
    await this.rest()
    await this.#writer.drain()
    await this.#tidy()
    await this.database.close()
  }

  /** Where it fails, it says so and is done at the next turn: nothing that was published or acknowledged is lost by that. */
  async #tidy(): Promise<void> {
    const { database, now, log } = this.#options
    try {
      await database.tidy(this.#isUntidy ? 'all' : 'totals')
      this.#isUntidy = false
      this.#tidiedAt = now()
    } catch (thrown) {
      log(`earlier totals could not be cleared away (${sqlState(thrown) || 'no connection'}); they stay in the database until they can`)
    }
  }

  #turnQuietly(): void {
    this.#turning ??= this.takeTurn()
      .catch((thrown) => this.#logFailure(thrown))
      .finally(() => {
        this.#turning = undefined
      })
  }

  /** By its code alone: what a database says may hold what it was given. */
  #logFailure(thrown: unknown): void {
    this.#options.log(`the database failed (${sqlState(thrown) || 'no connection'}); what was not acknowledged will be sent again`)
  }

  async #lookForUnknown(): Promise<void> {
    const { now } = this.#options
    if (now() - this.#lookedAt < UNKNOWN_PAUSE_MS) return
    this.#lookedAt = now()
    // Where it fails, the report is refused as one that is not known here, and the next turn says what was wrong.
    await this.plans
      .refresh()
      .then(() => this.#epochs.refresh())
      .catch(() => this.#turnQuietly())
  }
}
