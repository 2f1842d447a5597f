import { seededRandom } from '../../worker/compute/tensors/seeded-random'
import { addOuter, factorCholesky, solveCholesky } from '../../worker/models/cholesky'
import type { WeightedRows } from './visitor-rows'

/** One side of a factorization: of each row a vector and a bias, as [count, dim + 1] row-major, the bias last. */
export type Side = { readonly values: Float64Array; readonly dim: number }

/** Settings of the objective, as `openMatrixFactorization` states it. */
type Objective = { readonly mean: number; readonly unseen: number; readonly ridge: number }

/**
 * Factors visitors by items, with biases, by alternating least squares over both sides in turn. Vectors begin as uniform draws of deviation
 * 0.1 / sqrt(dim), biases at 0.
 * @param byVisitor observed weights, a row a visitor; `byItem` the same transposed.
 * @returns both sides; rows without observations are of no meaning. `mean` is the weighted mean of all targets.
 */
export function factorize(
  byVisitor: WeightedRows,
  byItem: WeightedRows,
  settings: { readonly dim: number; readonly sweeps: number; readonly unseen: number; readonly ridge: number },
  seed: number,
  onProgress?: (share: number) => void,
): { readonly visitors: Side; readonly items: Side; readonly mean: number } {
  const { dim, sweeps, unseen, ridge } = settings
  const random = seededRandom(seed)
  const visitors = drawSide(byVisitor, dim, random)
  const items = drawSide(byItem, dim, random)
  const observed = byVisitor.weights.reduce((sum, weight) => sum + weight, 0)
  const mean = observed / (observed + unseen * learnedRows(byVisitor) * learnedRows(byItem) || 1)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    solveSide(visitors, byVisitor, items, byItem, { mean, unseen, ridge })
    solveSide(items, byItem, visitors, byVisitor, { mean, unseen, ridge })
    onProgress?.((sweep + 1) / sweeps)
  }
  return { visitors, items, mean }
}

function learnedRows({ starts }: WeightedRows): number {
  let count = 0
  for (let row = 0; row + 1 < starts.length; row++) count += Number(starts[row + 1]! > starts[row]!)
  return count
}

function drawSide({ starts }: WeightedRows, dim: number, random: () => number): Side {
  const size = dim + 1
  const spread = 0.1 * Math.sqrt(12 / dim)
  const values = Float64Array.from({ length: (starts.length - 1) * size }, (_, at) => (at % size === dim ? 0 : spread * (random() - 0.5)))
  return { values, dim }
}

/** Sums over all learned rows of a side that every system of the other side begins with. */
type Sums = {
  /** [dim + 1, dim + 1], lower triangle and its mirror: outer products of [vector, 1]. */
  readonly gram: Float64Array
  /** [dim + 1]: (mean + bias) [vector, 1]. */
  readonly offset: Float64Array
  /** Rows that were summed: those with observations. */
  readonly learned: number
}

/** @param rows tells which rows of `side` are learned: those that are not empty. */
export function sumSide({ values, dim }: Side, rows: WeightedRows, mean: number): Sums {
  const size = dim + 1
  const gram = new Float64Array(size * size)
  const offset = new Float64Array(size)
  const row = new Float64Array(size)
  let learned = 0
  for (let index = 0; index + 1 < rows.starts.length; index++) {
    if (rows.starts[index] === rows.starts[index + 1]) continue
    learned++
    const bias = readRow(values, index, row)
    addOuter(gram, row, 1)
    for (let k = 0; k < size; k++) offset[k] = offset[k]! + (mean + bias) * row[k]!
  }
  for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) gram[b * size + a] = gram[a * size + b]!
  return { gram, offset, learned }
}

/**
 * Sets every vector and bias of a side to the exact minimum of the objective given the other side. Rows without observations stay as they
 * are.
 * @param rows observed weights: a row a row of `side`, a column a row of `other`.
 * @param otherRows the same by the other side's rows.
 */
function solveSide(side: Side, rows: WeightedRows, other: Side, otherRows: WeightedRows, { mean, unseen, ridge }: Objective): void {
  const size = side.dim + 1
  const { gram, offset, learned } = sumSide(other, otherRows, mean)
  const system = new Float64Array(size * size)
  const solution = new Float64Array(size)
  const row = new Float64Array(size)
  for (let index = 0; index + 1 < rows.starts.length; index++) {
    const start = rows.starts[index]!
    const end = rows.starts[index + 1]!
    if (start === end) continue
    for (let k = 0; k < system.length; k++) system[k] = unseen * gram[k]!
    for (let k = 0; k < size; k++) solution[k] = -unseen * offset[k]!
    let total = 0
    for (let at = start; at < end; at++) {
      const weight = rows.weights[at]!
      const target = weight * (1 - mean - readRow(other.values, rows.columns[at]!, row))
      total += weight
      addOuter(system, row, weight)
      for (let k = 0; k < size; k++) solution[k] = solution[k]! + target * row[k]!
    }
    for (let k = 0; k < size; k++) system[k * size + k]! += ridge * (total + unseen * learned)
    if (!factorCholesky(system, size)) continue
    solveCholesky(system, size, solution)
    side.values.set(solution, index * size)
  }
}

/** Reads [vector, 1] into `row`. @returns the bias. */
function readRow(values: Float64Array, index: number, row: Float64Array): number {
  const last = row.length - 1
  const at = index * row.length
  for (let k = 0; k < last; k++) row[k] = values[at + k]!
  row[last] = 1
  return values[at + last]!
}
