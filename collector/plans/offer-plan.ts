import type { Run } from '../database/database'
import { wholesOf } from '../database/read-row'
import type { ShelvedPlan } from './plan-shelf'

/**
 * Makes room for a plan's totals, all 0, in an epoch, or in all that are open: reports are only ever added to what is there. So the epoch will say of each of
 * its metrics what came of it, whether anybody reported or not. Call it under the lock `epochs`.
 */
export async function offerPlan(run: Run, plan: ShelvedPlan, epoch?: number): Promise<void> {
  const open = epoch === undefined ? await openEpochs(run) : [epoch]
  const rooms = open.flatMap((one) =>
    plan.metrics.flatMap(({ buckets, groups }, metric) => Array.from({ length: groups }, (_, group) => ({ one, metric, group, buckets }))),
  )
  await run(
    `INSERT INTO sotto.totals (epoch, plan, metric, part, reports, counts)
     SELECT epoch, $1::integer, metric, part, 0, array_fill(0, ARRAY[buckets])
     FROM unnest($2::integer[], $3::integer[], $4::integer[], $5::integer[]) AS rooms(epoch, metric, part, buckets)
     ON CONFLICT DO NOTHING`,
    [
      plan.id,
      rooms.map(({ one }) => one),
      rooms.map(({ metric }) => metric),
      rooms.map(({ group }) => group),
      rooms.map(({ buckets }) => buckets),
    ],
  )
}

async function openEpochs(run: Run): Promise<readonly number[]> {
  const rows = await run("SELECT coalesce(array_agg(epoch), '{}') AS epochs FROM sotto.epochs WHERE state = 'open'")
  return wholesOf(rows[0], 'epochs')
}
