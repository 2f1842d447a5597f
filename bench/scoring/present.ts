import { spread } from '../support/spread'
import type { Table } from '../support/table'
import { nameOfSize } from './dataset'
import { ENTRANTS, RELAXED, SIMD } from './entrants'
import type { Result, SizeResult } from './run-size'

const EIGHT = 'ours, 8 queries at once'
const RECALL = 'recall of ours'
const OWN = [...new Set(ENTRANTS.map(({ column }) => column))]

/** What every table of scoring has: who is measured, and behind our own ones what eight queries cost and what rounding costs. */
export const COLUMNS: readonly string[] = ['items × dims', ...OWN].toSpliced(
  OWN.findLastIndex((name) => name.startsWith('ours')) + 2,
  0,
  EIGHT,
  RECALL,
)

/** The fastest of a column that was right, for one query. */
export function fastest(results: readonly Result[], isMeant: (result: Result) => boolean): Result | undefined {
  return results
    .filter((result) => isMeant(result) && result.task !== 'eight' && result.samples.length > 0)
    .sort((a, b) => spread(a.samples).median - spread(b.samples).median)[0]
}

/** What ours takes for all queries at once, with the best instructions there are. */
export function eightOf(results: readonly Result[]): Result | undefined {
  const ofOwn = (name: string) => results.find(({ entrant, task }) => task === 'eight' && entrant.name === name)
  return ofOwn(RELAXED) ?? ofOwn(SIMD)
}

/** Milliseconds a query: a row a size. */
export function tableOf(sizes: readonly SizeResult[], rounds: number): Table {
  return {
    title: `One query, exact top 20, in milliseconds (median of ${rounds} rounds)`,
    columns: COLUMNS,
    rows: sizes.map(({ size, results, absences }) =>
      COLUMNS.map((column) => {
        if (column === COLUMNS[0]) return nameOfSize(size)
        const own = results.find(({ entrant }) => entrant.exactness === 'int8')
        if (column === RECALL) return own ? own.recall.toFixed(3) : 'not run'
        const found = column === EIGHT ? eightOf(results) : fastest(results, ({ entrant }) => entrant.column === column)
        if (!found)
          return absences.some(({ entrant }) => entrant.column === column && results.some((r) => r.entrant === entrant))
            ? 'not timed'
            : 'not run'
        const ms = inMs(spread(found.samples).median)
        if (found.entrant.exactness !== 'any' || found.task === 'copy') return ms
        return `${ms} (recall ${found.recall.toFixed(2)}, built in ${(found.buildMs / 1000).toFixed(1)} s)`
      }),
    ),
  }
}

/** Who was not run or not timed where, and why: a line each. */
export function absenceNotes(sizes: readonly SizeResult[]): readonly string[] {
  return ENTRANTS.flatMap((entrant) => {
    const placesOf = new Map<string, string[]>()
    for (const { size, absences } of sizes) {
      for (const absence of absences) {
        if (absence.entrant === entrant) placesOf.set(absence.reason, [...(placesOf.get(absence.reason) ?? []), nameOfSize(size)])
      }
    }
    return [...placesOf].map(([reason, places]) => `${entrant.name}, ${places.join(', ')}: ${reason}`)
  })
}

function inMs(ms: number): string {
  return ms.toFixed(ms < 1 ? 3 : ms < 10 ? 2 : 1)
}
