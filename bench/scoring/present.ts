import { spread } from '../support/spread'
import type { Table } from '../support/table'
import { eightOf, fastestIn, ratioSpread, wasmOf } from './compare'
import { nameOfSize } from './dataset'
import { COPY, ENTRANTS } from './entrants'
import type { Result, SizeResult } from './run-size'

const NAME = 'items × dims'
const EIGHT = 'ours, WASM, 8 queries at once'
const RECALL = 'recall of ours'
const TO_COPY = 'WASM to the copy'
const MEASURED = [...new Set(ENTRANTS.map(({ column }) => column))]
const PLACE = MEASURED.findLastIndex((column) => column.startsWith('ours')) + 1

/** What every table of scoring has: who is measured, and behind our own ones what is said of them besides. */
export const COLUMNS: readonly string[] = [NAME, ...MEASURED.toSpliced(PLACE, 0, EIGHT, RECALL, TO_COPY)]

/** A row a size. */
export function tableOf(sizes: readonly SizeResult[], rounds: number): Table {
  return {
    title: `One query, exact top 20, in milliseconds (medians of ${rounds} rounds; ratios with their quartiles)`,
    columns: COLUMNS,
    rows: sizes.map((found) => COLUMNS.map((column) => cell(column, found))),
  }
}

function cell(column: string, { size, results, absences }: SizeResult): string {
  switch (column) {
    case NAME:
      return nameOfSize(size)
    case EIGHT:
      return timeIn(eightOf(results)) ?? 'not run'
    case RECALL:
      return results.find(({ entrant }) => entrant.exactness === 'int8')?.recall.toFixed(3) ?? 'not run'
    case TO_COPY: {
      const [wasm, copy] = [wasmOf(results), fastestIn(results, COPY)]
      if (!wasm || !copy) return 'not run'
      const { q1, median, q3 } = ratioSpread(wasm, copy)
      return `${median.toFixed(2)} (${q1.toFixed(2)} to ${q3.toFixed(2)})`
    }
    default: {
      const isThere = results.some(({ entrant }) => absences.some((absence) => absence.entrant === entrant && entrant.column === column))
      return timeIn(fastestIn(results, column)) ?? (isThere ? 'not timed' : 'not run')
    }
  }
}

function timeIn(found: Result | undefined): string | undefined {
  if (!found) return undefined
  const { median } = spread(found.samples)
  const ms = median.toFixed(median < 1 ? 3 : median < 10 ? 2 : 1)
  if (found.entrant.exactness !== 'any' || found.entrant.name === COPY) return ms
  return `${ms} (recall ${found.recall.toFixed(2)}, built in ${(found.buildMs / 1000).toFixed(1)} s)`
}

/** Who was not run or not timed where, and why: a line for each of them. */
export function absenceNotes(sizes: readonly SizeResult[]): readonly string[] {
  return ENTRANTS.flatMap((entrant) => {
    const placesOf = new Map<string, string[]>()
    for (const { size, absences } of sizes) {
      for (const absence of absences) {
        if (absence.entrant === entrant) placesOf.set(absence.reason, [...(placesOf.get(absence.reason) ?? []), nameOfSize(size)])
      }
    }
    const reasons = [...placesOf].map(([reason, places]) => `${places.join(', ')}: ${reason}`)
    return reasons.length > 0 ? [`${entrant.name} at ${reasons.join('; at ')}`] : []
  })
}

/** How the fastest of a library was asked where the budgets hold, and how much slower than ours each way is. */
export function wayNotes({ size, results }: SizeResult): readonly string[] {
  const wasm = wasmOf(results)
  if (!wasm) return []
  return results
    .filter(({ entrant, samples }) => samples.length > 0 && (entrant.library.kind === 'tfjs' || entrant.library.kind === 'orama'))
    .map((result) => {
      const { entrant, task, samples, about } = result
      const way = entrant.library.kind === 'orama' ? (task === 'other' ? ', threshold 0.8' : ', no threshold') : ''
      const threads = about.threads ? `, ${about.threads} thread${about.threads === 1 ? '' : 's'}` : ''
      const { median } = ratioSpread(result, wasm)
      return `${nameOfSize(size)}, ${entrant.name}${way}${threads}: ${spread(samples).median} ms, ${median.toFixed(1)} times WASM`
    })
}

/** What those that only approximate were told. */
export function parameterNotes(sizes: readonly SizeResult[]): readonly string[] {
  const told = sizes.flatMap(({ results }) => results.filter(({ about }) => about.parameters))
  return [...new Set(told.map(({ entrant, about }) => `${entrant.name} is approximate: ${about.parameters}`))]
}
