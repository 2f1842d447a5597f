import { factorCholesky } from '../../worker/models/cholesky'
import { type CoOccurrence, countCoOccurrence } from './co-occurrence'
import { greatestOf } from './greatest-of'
import { invertCholesky } from './invert-cholesky'
import type { Learner } from './learner'
import { RowBuilder } from './row-builder'
import { solveRidge } from './solve-ridge'

const DEFAULTS = { lambda: 50, lengthPower: 0, candidates: 200, pairs: 1000, kept: 100, decay: 0.7, halfLifeDays: 0 }
/** Items up to which the whole matrix is inverted: its time grows with the cube, a minute for so many. */
const MAX_EXACT = 3000

/** Coefficients that foretell one item: from whom, how much. */
type Column = { readonly items: Int32Array; readonly values: Float64Array }

/**
 * EASE: the ridge regression of each item on all others, B = -P / diag(P) off the diagonal with P = (X^T X + lambda I)^-1, its positive
 * coefficients where at least `support` visitors took both items. With more items than 3,000 each is regressed on the `candidates` that
 * occur with it most, which is the same where it occurs with no others; of each item the `pairs` others that occur with it most are remembered
 * meanwhile, a gigabyte for 100,000 items, and others count as never seen with it.
 * Sources: Steck (WWW 2019), algorithm 1; candidates: fsSLIM of Ning and Karypis (ICDM 2011), section V.B, without its l1 penalty.
 */
export const ease: Learner = {
  model: 'ease',
  canLearn: ({ log }) => log.items.length > log.starts.length - 1,
  choices: [DEFAULTS, { ...DEFAULTS, lambda: 20 }, { ...DEFAULTS, lambda: 150 }],
  learn({ log, support, onProgress }, chosen) {
    const settings = { ...DEFAULTS, ...chosen }
    const pairs = countCoOccurrence(log, settings.lengthPower)
    const columns = log.itemCount > MAX_EXACT ? solveByCandidates : solveExactly
    const rows = new RowBuilder(log.itemCount, settings.kept)
    for (const { items, values } of transpose(columns(pairs, log.itemCount, support, settings, onProgress))) rows.add(items, values)
    const { tensors, settings: levels } = rows.finish()
    return { model: 'ease', settings: { ...settings, ...levels }, tensors }
  },
}

type Solve = (
  pairs: CoOccurrence,
  itemCount: number,
  support: number,
  settings: Readonly<typeof DEFAULTS>,
  onProgress?: (share: number) => void,
) => Column[]

const solveExactly: Solve = ({ tallyOf }, itemCount, support, { lambda }) => {
  const gram = new Float64Array(itemCount * itemCount)
  const supported: Int32Array[] = []
  for (let item = 0; item < itemCount; item++) {
    const { items, sums, visitors } = tallyOf(item)
    for (const other of items) gram[item * itemCount + other] = sums[other]!
    gram[item * itemCount + item]! += lambda
    supported.push(items.filter((other) => other !== item && visitors[other]! >= support))
  }
  // lambda above 0 makes it positive definite.
  factorCholesky(gram, itemCount)
  invertCholesky(gram, itemCount)
  return supported.map((items, target) => {
    const own = gram[target * itemCount + target]!
    return { items, values: Float64Array.from(items, (item) => -gram[target * itemCount + item]! / own) }
  })
}

const solveByCandidates: Solve = ({ norms, tallyOf }, itemCount, support, { lambda, candidates, pairs }, onProgress) => {
  const all: (Column & { readonly candidates: Int32Array; readonly theirs: Float64Array })[] = []
  for (let item = 0; item < itemCount; item++) {
    const { items, sums, visitors } = tallyOf(item)
    const supported = items.filter((other) => other !== item && visitors[other]! >= support)
    const best = supported.sort((a, b) => sums[b]! - sums[a]! || a - b).slice(0, candidates)
    const known = greatestOf(items, sums, pairs)
    const sumsOf = (others: Int32Array) => Float64Array.from(others, (other) => sums[other]!)
    all.push({ items: known, values: sumsOf(known), candidates: best, theirs: sumsOf(best) })
  }
  const placeOf = new Int32Array(itemCount).fill(-1)
  const gram = new Float64Array(candidates * candidates)
  const scratch = new Float64Array(candidates * candidates)
  return all.map(({ candidates: chosen, theirs }, target) => {
    const size = chosen.length
    const values = theirs.slice()
    gram.fill(0, 0, size * size)
    for (let place = 0; place < size; place++) placeOf[chosen[place]!] = place
    for (let place = 0; place < size; place++) {
      const row = all[chosen[place]!]!
      for (let at = 0; at < row.items.length; at++) {
        const other = placeOf[row.items[at]!]!
        // Either of the two may have forgotten the other.
        if (other >= 0) gram[place * size + other] = gram[other * size + place] = row.values[at]!
      }
    }
    for (let place = 0; place < size; place++) gram[place * size + place] = norms[chosen[place]!]!
    for (const other of chosen) placeOf[other] = -1
    solveRidge(gram, size, lambda, values, scratch)
    if (target % 500 === 499) onProgress?.(target / itemCount)
    return { items: chosen, values }
  })
}

/** Columns to rows: what each item foretells. */
function transpose(columns: readonly Column[]): Column[] {
  const lengths = new Int32Array(columns.length)
  for (const { items } of columns) for (const item of items) lengths[item]!++
  const rows = Array.from(lengths, (length) => ({ items: new Int32Array(length), values: new Float64Array(length) }))
  const next = new Int32Array(columns.length)
  for (const [target, { items, values }] of columns.entries()) {
    for (let at = 0; at < items.length; at++) {
      const item = items[at]!
      const place = next[item]!++
      rows[item]!.items[place] = target
      rows[item]!.values[place] = values[at]!
    }
  }
  return rows
}
