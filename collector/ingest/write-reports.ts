import { type Database, type Run, sqlState } from '../database/database'
import { takeLock } from '../database/locks'
import { noncesOf } from '../database/migrations'
import { textOf } from '../database/read-row'
import type { CheckedReport } from './check-report'
import { type Addition, fold } from './fold'

/** What became of a report. `epoch-closed`: it was open when the report was checked, and is no longer. */
export type WriteOutcome = 'accepted' | 'duplicate' | 'epoch-closed'

/** The nonces of an epoch are there for as long as it is open. */
const UNDEFINED_TABLE = '42P01'

/**
 * Counts reports, in one transaction: remembers their nonces, sees which were there before, and adds up the others. Written again, whether or not it was
 * committed the first time, it counts nothing twice.
 *
 * Whoever closes an epoch locks its nonces first and then drops them: either all of these reports about it are in what is published, or none.
 * @returns one outcome a report, in their order. @throws what the database says; then nothing was counted, or its answer was lost.
 */
export async function writeReports(database: Database, reports: readonly CheckedReport[]): Promise<readonly WriteOutcome[]> {
  const epochs = byEpoch(reports)
  try {
    const fresh = await database.transaction(async (run) => {
      const fresh = new Set<CheckedReport>()
      for (const [epoch, about] of epochs) for (const report of await remember(run, epoch, about)) fresh.add(report)
      await add(run, fold(fresh))
      return fresh
    })
    return reports.map((report) => (fresh.has(report) ? 'accepted' : 'duplicate'))
  } catch (thrown) {
    if (sqlState(thrown) !== UNDEFINED_TABLE) throw thrown
    if (epochs.length === 1) return reports.map(() => 'epoch-closed')
    // One of them is closed; the others are written without it.
    const outcomes = new Map<CheckedReport, WriteOutcome>()
    for (const [, about] of epochs) {
      const found = await writeReports(database, about)
      about.forEach((report, at) => {
        outcomes.set(report, found[at]!)
      })
    }
    return reports.map((report) => outcomes.get(report)!)
  }
}

/** In the order of epochs, so that no two collectors wait for each other. */
function byEpoch(reports: readonly CheckedReport[]): readonly (readonly [epoch: number, reports: readonly CheckedReport[]])[] {
  const epochs = [...new Set(reports.map(({ epoch }) => epoch))].sort((a, b) => a - b)
  return epochs.map((epoch) => [epoch, reports.filter((report) => report.epoch === epoch)])
}

/** @returns those whose nonce was not there before; of the same nonce twice, the first. */
async function remember(run: Run, epoch: number, reports: readonly CheckedReport[]): Promise<Iterable<CheckedReport>> {
  const fresh = new Map<string, CheckedReport>()
  for (const report of reports) if (!fresh.has(report.nonce)) fresh.set(report.nonce, report)
  // Sorted: in which order they came stands nowhere, and two collectors never wait for each other.
  const nonces = [...fresh.keys()].sort()
  const known = await run(
    `WITH given AS (SELECT unnest($1::text::uuid[]) AS nonce),
     fresh AS (INSERT INTO ${noncesOf(epoch)} SELECT nonce FROM given ON CONFLICT DO NOTHING RETURNING nonce)
     SELECT replace(nonce::text, '-', '') AS nonce FROM given WHERE nonce NOT IN (SELECT nonce FROM fresh)`,
    [`{${nonces.join(',')}}`],
  )
  for (const row of known) fresh.delete(textOf(row, 'nonce'))
  return fresh.values()
}

/** Each row of totals is written once, whole, however many reports it is about. */
async function add(run: Run, sums: ReadonlyMap<number, Addition>): Promise<void> {
  if (sums.size === 0) return
  const additions = [...sums.values()]
  // Collectors come one after another: they would wait for each other's rows, and the order of those is not theirs to choose.
  await takeLock(run, 'totals')
  await run(
    `UPDATE sotto.totals SET
       reports = totals.reports + more.reports,
       counts = ARRAY(SELECT was + coalesce(plus, 0) FROM unnest(totals.counts, more.counts) WITH ORDINALITY AS pairs(was, plus, place) ORDER BY place)
     FROM (SELECT id, reports, counts::integer[] FROM unnest($1::text::integer[], $2::text::integer[], $3::text::text[]) AS given(id, reports, counts)) AS more
     WHERE totals.id = more.id`,
    [
      `{${[...sums.keys()].join(',')}}`,
      `{${additions.map(({ reports }) => reports).join(',')}}`,
      `{${additions.map(({ counts }) => `"{${counts.join(',')}}"`).join(',')}}`,
    ],
  )
}
