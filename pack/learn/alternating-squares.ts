import { seededRandom } from '../../worker/compute/tensors/seeded-random'
import { addOuter, factorCholesky, solveCholesky } from '../../worker/models/cholesky'
import { symmetricEigen } from './symmetric-eigen'
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
 * are. What all systems share is diagonal in the base of its eigenvectors, so that of a row with few observations only a system as large as
 * they are is solved (Woodbury's identity: Golub and Van Loan, Matrix Computations, 2.1.4).
 * @param rows observed weights: a row a row of `side`, a column a row of `other`.
 * @param otherRows the same by the other side's rows.
 */
function solveSide(side: Side, rows: WeightedRows, other: Side, otherRows: WeightedRows, { mean, unseen, ridge }: Objective): void {
  const size = side.dim + 1
  const { gram, offset, learned } = sumSide(other, otherRows, mean)
  const { values, vectors } = symmetricEigen(gram, size)
  const turned = turnSide(other, vectors)
  const start = turn(
    vectors,
    offset.map((value) => -unseen * value),
  )
  const diagonal = new Float64Array(size)
  const solution = new Float64Array(size)
  for (let index = 0; index + 1 < rows.starts.length; index++) {
    const observed: Observed = {
      rows: turned,
      at: rows.columns.subarray(rows.starts[index], rows.starts[index + 1]),
      weights: rows.weights.subarray(rows.starts[index], rows.starts[index + 1]),
    }
    if (observed.at.length === 0) continue
    const total = observed.weights.reduce((sum, weight) => sum + weight, 0)
    // The least eigenvalue of what cannot be below 0 may come out a little below
    for (let k = 0; k < size; k++) diagonal[k] = unseen * Math.max(0, values[k]!) + ridge * (total + unseen * learned)
    solution.set(start)
    for (const [at, column] of observed.at.entries()) {
      const target = observed.weights[at]! * (1 - mean - other.values[column * size + size - 1]!)
      for (let k = 0; k < size; k++) solution[k] = solution[k]! + target * turned[column * size + k]!
    }
    const isSolved = observed.at.length < size / 2 ? solveSmall(diagonal, observed, solution) : solveLarge(diagonal, observed, solution)
    if (isSolved) side.values.set(turnBack(vectors, solution), index * size)
  }
}

/** Rows of the other side that were observed, [vector, 1] in the base of eigenvectors, with their weights. */
type Observed = { readonly rows: Float64Array; readonly at: Int32Array; readonly weights: Float32Array }

/** Solves (D + Σ w r rᵀ) x = b by a system as large as the observations are many. @param vector b; overwritten by x. */
function solveSmall(diagonal: Float64Array, { rows, at, weights }: Observed, vector: Float64Array): boolean {
  const size = diagonal.length
  const count = at.length
  const system = new Float64Array(count * count)
  const small = new Float64Array(count)
  for (let k = 0; k < size; k++) vector[k] = vector[k]! / diagonal[k]!
  for (let a = 0; a < count; a++) {
    const rowA = at[a]! * size
    for (let k = 0; k < size; k++) small[a] = small[a]! + rows[rowA + k]! * vector[k]!
    for (let b = 0; b <= a; b++) {
      const rowB = at[b]! * size
      let sum = a === b ? 1 / weights[a]! : 0
      for (let k = 0; k < size; k++) sum += (rows[rowA + k]! * rows[rowB + k]!) / diagonal[k]!
      system[a * count + b] = sum
    }
  }
  if (!factorCholesky(system, count)) return false
  solveCholesky(system, count, small)
  for (let a = 0; a < count; a++) {
    for (let k = 0; k < size; k++) vector[k] = vector[k]! - (small[a]! * rows[at[a]! * size + k]!) / diagonal[k]!
  }
  return true
}

/** The same by the system as it stands. */
function solveLarge(diagonal: Float64Array, { rows, at, weights }: Observed, vector: Float64Array): boolean {
  const size = diagonal.length
  const system = new Float64Array(size * size)
  for (let k = 0; k < size; k++) system[k * size + k] = diagonal[k]!
  for (const [place, column] of at.entries()) addOuter(system, rows.subarray(column * size, (column + 1) * size), weights[place]!)
  if (!factorCholesky(system, size)) return false
  solveCholesky(system, size, vector)
  return true
}

/** [vector, 1] of every row in the base of `vectors`. */
function turnSide({ values, dim }: Side, vectors: Float64Array): Float64Array {
  const size = dim + 1
  const out = new Float64Array(values.length)
  const row = new Float64Array(size)
  for (let index = 0; index * size < values.length; index++) {
    readRow(values, index, row)
    out.set(turn(vectors, row), index * size)
  }
  return out
}

/** The components of a vector along each of `vectors`, [size, size], a row each. */
function turn(vectors: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length
  const out = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    let sum = 0
    for (let k = 0; k < size; k++) sum += vectors[row * size + k]! * vector[k]!
    out[row] = sum
  }
  return out
}

/** The vector of which these are the components. */
function turnBack(vectors: Float64Array, components: Float64Array): Float64Array {
  const size = components.length
  const out = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < size; k++) out[k] = out[k]! + components[row]! * vectors[row * size + k]!
  }
  return out
}

/** Reads [vector, 1] into `row`. @returns the bias. */
function readRow(values: Float64Array, index: number, row: Float64Array): number {
  const last = row.length - 1
  const at = index * row.length
  for (let k = 0; k < last; k++) row[k] = values[at + k]!
  row[last] = 1
  return values[at + last]!
}
