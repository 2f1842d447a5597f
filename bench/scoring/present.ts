import { inDigits } from '../support/digits'
import { spread } from '../support/spread'
import type { Table } from '../support/table'
import { eightOf, fastestIn, ratioOf, ratioSpread, wasmOf } from './compare'
import { nameOfSize, RECALL_QUERIES } from './dataset'
import { COPY, ENTRANTS, HNSWLIB, ORAMA, OWN_JS, PLAIN_JS, RELAXED, SIMD, TFJS_ROWS, TFJS_TRANSPOSED, VOY, WEBGPU } from './entrants'
import type { Result, SizeResult } from './run-size'
import { TOP } from './searcher'

const NAME = 'items × dims'
const EIGHT = '8 queries at once'
const TO_COPY = 'WASM to the copy'
const WASM = 'ours, WASM'
const OTHERS = [TFJS_ROWS, TFJS_TRANSPOSED, ORAMA, VOY, HNSWLIB]
/** Those that only approximate, or are said to. */
const APPROXIMATE = [VOY, HNSWLIB]

/** Ours, against what merely copies the bytes and what anybody would write. */
export const OWN_COLUMNS: readonly string[] = [NAME, COPY, RELAXED, SIMD, TO_COPY, EIGHT, OWN_JS, PLAIN_JS]
/** Ours, against other libraries. */
export const OTHER_COLUMNS: readonly string[] = [NAME, WASM, ...OTHERS]
/** What is found of the best, and what building took. */
export const RECALL_COLUMNS: readonly string[] = [
  NAME,
  'ours, 16 bits',
  'ours, int8 alone',
  ...APPROXIMATE.flatMap((column) => [column, `${column}, built in s`]),
]

/** A row a size in each; in the last one, where recall was taken. */
export function tablesOf(sizes: readonly SizeResult[], rounds: number): readonly Table[] {
  const times = (title: string, columns: readonly string[]): Table => ({
    title: `${title}: one query, exact top ${TOP}, in milliseconds (medians of ${rounds} rounds)`,
    columns,
    rows: sizes.map((found) => columns.map((column) => cell(column, found))),
  })
  return [
    times('Ours, a copy of the int8 bytes and plain JavaScript (ratios with their quartiles)', OWN_COLUMNS),
    times('Ours and other libraries', OTHER_COLUMNS),
    {
      title: `Recall of the best ${TOP} by the float32 originals (ours: ${RECALL_QUERIES} queries), and seconds to build`,
      columns: RECALL_COLUMNS,
      rows: sizes.flatMap((found) => recallRow(found)),
    },
  ]
}

/** One line: what a query costs against a copy of the bytes, and who of the others comes next. */
export function summaryOf({ size, results }: SizeResult): readonly string[] {
  const [wasm, copy, other] = [wasmOf(results), fastestIn(results, COPY), fastestIn(results, ...OTHERS)]
  if (!wasm || !copy || !other) return []
  const ms = inDigits(spread(wasm.samples).median)
  return [
    `Scoring, ${nameOfSize(size)}: a query takes ours ${ms} ms, ${inDigits(ratioOf(wasm, copy))} times as long as copying the bytes; the fastest other, ${other.entrant.name}, takes ${inDigits(ratioOf(other, wasm))} times as long.`,
  ]
}

function cell(column: string, { size, results, absences }: SizeResult): string {
  switch (column) {
    case NAME:
      return nameOfSize(size)
    case EIGHT:
      return timeIn(eightOf(results)) ?? 'not run'
    case WASM:
      return timeIn(wasmOf(results)) ?? 'not run'
    case TO_COPY: {
      const [wasm, copy] = [wasmOf(results), fastestIn(results, COPY)]
      if (!wasm || !copy) return 'not run'
      const { q1, median, q3 } = ratioSpread(wasm, copy)
      return `${inDigits(median)} (${inDigits(q1)} to ${inDigits(q3)})`
    }
    default: {
      const isThere = results.some(({ entrant }) => absences.some((absence) => absence.entrant === entrant && entrant.column === column))
      return timeIn(fastestIn(results, column)) ?? (isThere ? 'not timed' : 'not run')
    }
  }
}

function recallRow({ size, results, recall }: SizeResult): readonly (readonly string[])[] {
  if (!recall) return []
  const others = APPROXIMATE.flatMap((column) => {
    const found = fastestIn(results, column)
    return found ? [found.recall.toFixed(3), inDigits(found.buildMs / 1000)] : ['not run', 'not run']
  })
  return [[nameOfSize(size), recall.fine.toFixed(3), recall.int8.toFixed(3), ...others]]
}

function timeIn(found: Result | undefined): string | undefined {
  return found && inDigits(spread(found.samples).median)
}

/** What ours takes on a GPU, where it is one. */
export function gpuNotes(sizes: readonly SizeResult[]): readonly string[] {
  const times = sizes.flatMap(({ size, results }) => {
    const found = fastestIn(results, WEBGPU)
    return found ? [`${nameOfSize(size)} in ${timeIn(found)} ms (${found.about.adapter})`] : []
  })
  return times.length > 0 ? [`${WEBGPU}: ${times.join('; ')}`] : []
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
      return `${nameOfSize(size)}, ${entrant.name}${way}${threads}: ${inDigits(spread(samples).median)} ms, ${inDigits(median)} times WASM`
    })
}

/** What those that only approximate were told. */
export function parameterNotes(sizes: readonly SizeResult[]): readonly string[] {
  const told = sizes.flatMap(({ results }) => results.filter(({ about }) => about.parameters))
  return [...new Set(told.map(({ entrant, about }) => `${entrant.name} is approximate: ${about.parameters}`))]
}
