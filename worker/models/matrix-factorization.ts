import { addOuter, factorCholesky, solveCholesky } from './cholesky'
import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'
import { positionWeights, type Recency } from './recency'
import type { Recommender, Visit } from './recommender'

/**
 * Factors of items with biases, the visitor folded in: r(u, i) = mean + bias(i) + bias(u) + x(u) · y(i), where [x(u), bias(u)] minimizes
 *
 *     Σ over the visit  w (1 - r(u, i))²  +  unseen Σ over all items  r(u, i)²  +  ridge (Σ w + unseen · items) (|x(u)|² + bias(u)²)
 *
 * by one solution of a (dim + 1)-square system (Hu, Koren and Volinsky, ICDM 2008, equation 4 and section 5 for what explains a score;
 * implicit-ALS objective and scaled regularization of Rendle et al., RecSys 2022, "Revisiting the performance of iALS", with biases added).
 * Predictions below 0 are given as 0, and so are items that were not learned. A visit of none but those is scored by the biases of items
 * alone.
 * @throws SottoError `pack-invalid` naming a tensor or setting that is missing or does not fit.
 */
export function openMatrixFactorization(part: ModelPart): Recommender {
  return new MatrixFactorization(readFactors(part))
}

type Factors = {
  readonly itemCount: number
  readonly dim: number
  /** [itemCount, dim] row-major; times `scales` [itemCount], which is 0 where an item was not learned. */
  readonly factors: Int8Array
  readonly scales: Float32Array
  /** [itemCount] */
  readonly biases: Float32Array
  /** [dim + 1, dim + 1]: sum over items of the outer product of [y, 1]. */
  readonly gram: Float32Array
  /** [dim + 1]: sum over items of (mean + bias) [y, 1]. */
  readonly offset: Float32Array
  /** How many items were learned. */
  readonly learned: number
  readonly mean: number
  readonly unseen: number
  readonly ridge: number
  readonly recency: Recency
}

function readFactors(part: ModelPart): Factors {
  const reader = new PartReader(part)
  const scales = reader.tensor('scales', [Float32Array])
  const offset = reader.tensor('offset', [Float32Array])
  const itemCount = scales.length
  const dim = offset.length - 1
  return {
    itemCount,
    dim,
    factors: reader.tensor('factors', [Int8Array], itemCount * dim),
    scales,
    biases: reader.tensor('biases', [Float32Array], itemCount),
    gram: reader.tensor('gram', [Float32Array], (dim + 1) ** 2),
    offset,
    learned: reader.setting('learned'),
    mean: reader.setting('mean'),
    unseen: reader.setting('unseen'),
    ridge: reader.setting('ridge'),
    recency: { decay: reader.setting('decay'), halfLifeDays: reader.setting('halfLifeDays', 0) },
  }
}

class MatrixFactorization implements Recommender {
  readonly name = 'matrix-factorization'
  readonly itemCount: number
  readonly #learned: Factors
  constructor(learned: Factors) {
    this.#learned = learned
    this.itemCount = learned.itemCount
  }

  score(visit: Visit, out: Float32Array): void {
    const { factors, scales, biases, dim, mean } = this.#learned
    const { folded } = this.#fold(visit)
    const base = mean + folded[dim]!
    for (let item = 0; item < this.itemCount; item++) {
      const scale = scales[item]!
      let sum = 0
      for (let k = 0, at = item * dim; k < dim; k++) sum += factors[at + k]! * folded[k]!
      out[item] = scale > 0 ? Math.max(0, scale * sum + base + biases[item]!) : 0
    }
  }

  /** Each position's term of the score, (1 - mean - bias(j)) w(j) y(i)ᵀ W y(j) with W the inverse of the system; 0 where it is below. */
  explain(visit: Visit, item: number, out: Float32Array): void {
    out.fill(0)
    const { scales } = this.#learned
    const { system, weights, isFolded } = this.#fold(visit)
    if (!isFolded || !scales[item]) return
    const direction = this.#row(item)
    solveCholesky(system, direction.length, direction)
    for (const [at, other] of visit.items.entries()) {
      if (!scales[other]) continue
      const along = this.#row(other).reduce((sum, value, k) => sum + value * direction[k]!, 0)
      out[at] = Math.max(0, along * weights[at]! * this.#residual(other))
    }
  }

  /** @returns the visitor's [x, bias], the factored system that gave it, and how much each position of the visit weighed. */
  #fold(visit: Visit) {
    const { dim, gram, offset, scales, learned, unseen, ridge, recency } = this.#learned
    const size = dim + 1
    const weights = positionWeights(visit, recency)
    const system = Float64Array.from(gram, (value) => unseen * value)
    const folded = Float64Array.from(offset, (value) => -unseen * value)
    let total = 0
    for (const [at, item] of visit.items.entries()) {
      const weight = weights[at]!
      if (!scales[item] || !weight) continue
      const row = this.#row(item)
      total += weight
      addOuter(system, row, weight)
      for (let k = 0; k < size; k++) folded[k] = folded[k]! + weight * this.#residual(item) * row[k]!
    }
    for (let k = 0; k < size; k++) system[k * size + k]! += ridge * (total + unseen * learned)
    const isFolded = total > 0 && factorCholesky(system, size)
    if (isFolded) solveCholesky(system, size, folded)
    else folded.fill(0)
    return { folded, system, weights, isFolded }
  }

  /** [y, 1] of an item. */
  #row(item: number): Float64Array {
    const { factors, scales, dim } = this.#learned
    const row = new Float64Array(dim + 1).fill(1)
    for (let k = 0; k < dim; k++) row[k] = factors[item * dim + k]! * scales[item]!
    return row
  }

  #residual(item: number): number {
    return 1 - this.#learned.mean - this.#learned.biases[item]!
  }
}
