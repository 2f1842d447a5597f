import { SottoError } from '../../src/shared/errors'
import type { Database, Run } from '../database/database'
import { takeLock } from '../database/locks'
import { bytesOf, textOf, wholeOf } from '../database/read-row'
import { type KnownPlan, knownPlan } from './known-plan'
import { offerPlan } from './offer-plan'

/** A plan with its number in the database. */
export type ShelvedPlan = KnownPlan & { readonly id: number }

/** All plans that there ever were, by hash; the one put last is the current one. */
export class PlanShelf {
  readonly #database: Database
  readonly #byTag = new Map<string, ShelvedPlan>()
  #current: ShelvedPlan | undefined

  constructor(database: Database) {
    this.#database = database
  }

  /** What devices are given. @throws SottoError `plan-invalid` where none was ever put. */
  get current(): ShelvedPlan {
    if (this.#current) return this.#current
    throw new SottoError('plan-invalid', 'there is no plan yet; start the collector with --plan plan.json', { path: '' })
  }

  /** @param tag hex. */
  byTag(tag: string): ShelvedPlan | undefined {
    return this.#byTag.get(tag)
  }

  /** One that totals refer to, read anew where another collector put it. @throws SottoError `internal` where there is none. */
  async byId(id: number, run: Run): Promise<ShelvedPlan> {
    const find = () => [...this.#byTag.values()].find((plan) => plan.id === id)
    if (!find()) await this.#read(run)
    const plan = find()
    if (!plan) throw new SottoError('internal', `there is no plan ${id}`)
    return plan
  }

  /** Reads what other collectors put. */
  async refresh(): Promise<void> {
    await this.#database.transaction((run) => this.#read(run))
  }

  /**
   * Makes a plan the current one, and offers it in all open epochs; reports for the plan before are still taken until those close.
   *
   * @param content JSON in UTF-8.
   * @param onlyNew leaves everything as it is where the plan was here before: a collector that starts again does not undo what was put meanwhile.
   * @returns the current plan, whichever it is then. @throws SottoError `plan-invalid`
   */
  async put(content: Uint8Array, { onlyNew }: { readonly onlyNew: boolean }): Promise<ShelvedPlan> {
    const known = await knownPlan(content)
    return this.#database.transaction(async (run) => {
      await takeLock(run, 'epochs')
      const values = [known.hash, known.tag, known.content]
      const next = '(SELECT coalesce(max(turn), 0) + 1 FROM sotto.plans)'
      const rows = await run(
        `INSERT INTO sotto.plans (hash, tag, content, turn) VALUES ($1, $2, $3, ${next})
         ON CONFLICT (hash) DO ${onlyNew ? 'NOTHING' : `UPDATE SET turn = ${next}`} RETURNING id`,
        values,
      )
      if (rows.length > 0) await offerPlan(run, { ...known, id: wholeOf(rows[0], 'id') })
      await this.#read(run)
      return this.current
    })
  }

  async #read(run: Run): Promise<void> {
    const rows = await run('SELECT id, hash FROM sotto.plans ORDER BY turn')
    const known = new Map([...this.#byTag.values()].map((plan) => [plan.id, plan]))
    for (const row of rows) {
      const id = wholeOf(row, 'id')
      const plan = known.get(id) ?? { ...(await knownPlan(await contentOf(run, id))), id }
      if (plan.hash !== textOf(row, 'hash')) throw new SottoError('internal', `plan ${id} is not the one that its hash names`)
      this.#byTag.set(plan.tag, plan)
      this.#current = plan
    }
  }
}

async function contentOf(run: Run, id: number): Promise<Uint8Array> {
  return bytesOf((await run('SELECT content FROM sotto.plans WHERE id = $1', [id]))[0], 'content')
}
