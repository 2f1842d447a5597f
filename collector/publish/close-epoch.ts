import { coverageOf } from '../../src/shared/signals/coverage'
import { EPOCH_MS, epochStart } from '../../src/shared/signals/epoch'
import type { PublishedEpoch, PublishedMetric } from '../../src/shared/signals/estimates'
import type { Database, Run } from '../database/database'
import { takeLock } from '../database/locks'
import { noncesOf } from '../database/migrations'
import { wholeOf, wholesOf } from '../database/read-row'
import type { PlanShelf } from '../plans/plan-shelf'
import { type GroupTotals, publishMetric } from './publish-metric'

/**
 * Publishes what was counted of an epoch, and drops its totals and nonces, in one transaction; from then on nothing is taken about it. Done once, however
 * many collectors try.
 * @returns whether it was done now: false where the epoch was not open. @throws what the database says; then nothing was done.
 */
export function publishEpoch(database: Database, plans: PlanShelf, epoch: number, dither: () => number): Promise<boolean> {
  return endEpoch(database, epoch, 'published', async (run) => JSON.stringify(await describe(run, plans, epoch, dither)))
}

/**
 * Takes an epoch out of all that is kept and said, published or not; nothing is taken about it any more. Its number stays, so that it is not opened again.
 * @returns false where there was nothing of it. @throws as `publishEpoch`.
 */
export async function eraseEpoch(database: Database, epoch: number): Promise<boolean> {
  if (await endEpoch(database, epoch, 'erased', async () => null)) return true
  const rows = await database.transaction((run) =>
    run("UPDATE sotto.epochs SET state = 'erased', document = NULL WHERE epoch = $1 AND state = 'published' RETURNING epoch", [epoch]),
  )
  return rows.length > 0
}

async function endEpoch(
  database: Database,
  epoch: number,
  state: 'published' | 'erased',
  documentOf: (run: Run) => Promise<string | null>,
): Promise<boolean> {
  return database.transaction(async (run) => {
    await takeLock(run, 'epochs')
    const open = await run("SELECT epoch FROM sotto.epochs WHERE epoch = $1 AND state = 'open'", [epoch])
    if (open.length === 0) return false
    // Waits until whoever is writing reports about it has finished; who comes later finds no nonces (see `writeReports`).
    await run(`LOCK TABLE ${noncesOf(epoch)} IN ACCESS EXCLUSIVE MODE`)
    await run('UPDATE sotto.epochs SET state = $2, document = $3 WHERE epoch = $1', [epoch, state, await documentOf(run)])
    await run('DELETE FROM sotto.totals WHERE epoch = $1', [epoch])
    await run(`DROP TABLE ${noncesOf(epoch)}`)
    return true
  })
}

async function describe(run: Run, plans: PlanShelf, epoch: number, dither: () => number): Promise<PublishedEpoch> {
  const rows = await run('SELECT plan, metric, reports, counts FROM sotto.totals WHERE epoch = $1 ORDER BY plan, metric, part', [epoch])
  const groups = new Map<number, Map<number, GroupTotals[]>>()
  for (const row of rows) {
    const [plan, metric] = [wholeOf(row, 'plan'), wholeOf(row, 'metric')]
    const ofPlan = groups.get(plan) ?? new Map<number, GroupTotals[]>()
    groups.set(plan, ofPlan)
    ofPlan.set(metric, [...(ofPlan.get(metric) ?? []), { reports: wholeOf(row, 'reports'), counts: wholesOf(row, 'counts') }])
  }
  const metrics: PublishedMetric[] = []
  for (const [id, ofPlan] of groups) {
    const { plan, hash } = await plans.byId(id, run)
    const coverage = coverageOf(plan)
    for (const [place, totals] of ofPlan) metrics.push(publishMetric(plan.metrics[place]!, totals, hash, coverage[place]!, dither))
  }
  const begins = epochStart(epoch)
  return { epoch, begins: new Date(begins).toISOString(), ends: new Date(begins + EPOCH_MS).toISOString(), metrics }
}
