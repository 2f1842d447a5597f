import { epochStart } from '../../src/shared/signals/epoch'
import { CLOCK_SLACK_MS, closesAt, openEpochsAt } from '../../src/shared/signals/epoch-window'
import type { Database, Run } from '../database/database'
import { takeLock } from '../database/locks'
import { noncesOf } from '../database/migrations'
import { wholeOf } from '../database/read-row'
import { offerPlan } from '../plans/offer-plan'
import type { PlanShelf } from '../plans/plan-shelf'

/**
 * Which epochs reports are taken about, and where in the database their totals are: read now and then, so that a report costs no look-up. What is read may be
 * out of date: whoever writes finds out (see `writeBatch`).
 */
export class OpenEpochs {
  readonly #database: Database
  readonly #plans: PlanShelf
  readonly #now: () => number
  #totals: ReadonlyMap<number, ReadonlyMap<string, number>> = new Map()

  constructor(database: Database, plans: PlanShelf, now: () => number) {
    this.#database = database
    this.#plans = plans
    this.#now = now
  }

  stateOf(epoch: number): 'open' | 'epoch-closed' | 'epoch-early' {
    const now = this.#now()
    if (epochStart(epoch) > now + CLOCK_SLACK_MS) return 'epoch-early'
    if (now >= closesAt(epoch)) return 'epoch-closed'
    return this.#totals.has(epoch) ? 'open' : 'epoch-closed'
  }

  /** Id of a row of totals; undefined where the plan was not in force in the epoch. */
  totalOf(epoch: number, plan: number, metric: number, group: number): number | undefined {
    return this.#totals.get(epoch)?.get(`${plan}/${metric}/${group}`)
  }

  /** Opens what has begun, with the current plan, and reads what there is: an epoch that was closed or erased stays so. */
  async refresh(): Promise<void> {
    const epochs = openEpochsAt(this.#now())
    this.#totals = await this.#database.transaction(async (run) => {
      await takeLock(run, 'epochs')
      for (const epoch of epochs) await this.#open(run, epoch)
      const rows = await run(
        `SELECT total.id, total.epoch, total.plan, total.metric, total.part FROM sotto.totals AS total JOIN sotto.epochs USING (epoch)
         WHERE state = 'open' AND epoch = ANY ($1::integer[])`,
        [epochs],
      )
      const totals = new Map<number, Map<string, number>>()
      for (const row of rows) {
        const epoch = wholeOf(row, 'epoch')
        const key = `${wholeOf(row, 'plan')}/${wholeOf(row, 'metric')}/${wholeOf(row, 'part')}`
        const ofEpoch = totals.get(epoch) ?? new Map<string, number>()
        totals.set(epoch, ofEpoch.set(key, wholeOf(row, 'id')))
      }
      return totals
    })
  }

  async #open(run: Run, epoch: number): Promise<void> {
    const opened = await run("INSERT INTO sotto.epochs (epoch, state) VALUES ($1, 'open') ON CONFLICT DO NOTHING RETURNING epoch", [epoch])
    if (opened.length === 0) return
    await run(`CREATE TABLE ${noncesOf(epoch)} (nonce uuid PRIMARY KEY)`)
    await offerPlan(run, this.#plans.current, epoch)
  }
}
