import { exactScore } from '../compute/exact-score'
import { norm, normalise } from '../compute/row-vectors'
import type { VectorMatrix } from '../compute/vector-index'
import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'
import { positionWeights } from './recency'
import type { Recommender, Visit } from './recommender'

/** A direction in the space of items, and how much of the visit points there. */
type Interest = {
  /** [dim] weighted sum of the unit vectors of its items. */
  readonly sum: Float32Array
  /** [dim] that, of norm 1. */
  readonly direction: Float32Array
  weight: number
}

/**
 * Recommends what lies close to the visit in a space of dense vectors. The visit falls into a few interests, so that two that have nothing in
 * common don't average to what is neither: from the last item back, each joins the interest closest to it, or begins one.
 * score = sum over interests of weight × max(0, cosine) ^ sharpness. A part of the explanation is the same of one position's own vector, so
 * parts need not sum to the score.
 *
 * Tensors: `vectors` [items, dim] int8 and `scales` [items] that bring rows to norm 1 (0 for an item without a vector). Settings: `decay` and
 * `halfLifeDays` (0 where absent) as in `Recency`; `interests`, the most there are, 1 for a single one; `merge`, the cosine from which an item
 * joins; `sharpness`.
 * Source: PinnerSage (Pal et al., KDD 2020) for several interests; by leaders here (Hartigan 1975, chapter 3), which one pass finds.
 * @throws SottoError `pack-invalid` naming the tensor or setting that is missing or does not fit.
 */
export function openVectorModel(part: ModelPart): Recommender {
  const reader = new PartReader(part)
  const scales = reader.tensor('scales', [Float32Array])
  const count = scales.length
  const vectors = reader.tensor('vectors', [Int8Array])
  const dim = count ? vectors.length / count : 0
  if (!Number.isInteger(dim))
    throw reader.wrong(`tensor "vectors" has ${vectors.length} values, expected a multiple of ${count}, the items`)
  return new VectorModel(reader, { count, dim, vectors, scales })
}

class VectorModel implements Recommender {
  readonly name
  readonly itemCount: number
  readonly #matrix: VectorMatrix
  readonly #recency
  readonly #most: number
  readonly #merge: number
  readonly #sharpness: number

  constructor(reader: PartReader, matrix: VectorMatrix) {
    this.name = reader.part.model
    this.itemCount = matrix.count
    this.#matrix = matrix
    this.#recency = { decay: reader.setting('decay'), halfLifeDays: reader.setting('halfLifeDays', 0) }
    this.#most = reader.setting('interests')
    this.#merge = reader.setting('merge')
    this.#sharpness = reader.setting('sharpness')
  }

  score(visit: Visit, out: Float32Array): void {
    out.fill(0)
    const { vectors, scales, dim, count } = this.#matrix
    for (const { direction, weight } of this.#interests(visit)) {
      for (let item = 0, at = 0; item < count; item++, at += dim) {
        const cosine = exactScore(direction, vectors, at, dim, scales[item]!)
        if (cosine > 0) out[item]! += weight * this.#sharpen(cosine)
      }
    }
  }

  explain(visit: Visit, item: number, out: Float32Array): void {
    const weights = positionWeights(visit, this.#recency)
    const row = this.#row(item)
    for (let at = 0; at < weights.length; at++) out[at] = weights[at]! * this.#sharpen(Math.max(0, this.#cosine(row, visit.items[at]!)))
  }

  #interests(visit: Visit): readonly Interest[] {
    const weights = positionWeights(visit, this.#recency)
    const found: Interest[] = []
    for (let at = weights.length - 1; at >= 0; at--) {
      const weight = weights[at]!
      const row = visit.items[at]!
      if (!(weight > 0 && this.#matrix.scales[row]! > 0)) continue
      let closest: Interest | undefined
      let reached = Number.NEGATIVE_INFINITY
      for (const interest of found) {
        const cosine = this.#cosine(interest.direction, row)
        if (cosine > reached) {
          reached = cosine
          closest = interest
        }
      }
      const isNew = !closest || (reached < this.#merge && found.length < this.#most)
      const interest = isNew
        ? { sum: new Float32Array(this.#matrix.dim), direction: new Float32Array(this.#matrix.dim), weight: 0 }
        : closest!
      if (isNew) found.push(interest)
      const vector = this.#row(row)
      for (let k = 0; k < vector.length; k++) interest.sum[k]! += weight * vector[k]!
      interest.weight += weight
      interest.direction.set(interest.sum)
      normalise(interest.direction)
    }
    return found
  }

  #sharpen(cosine: number): number {
    return this.#sharpness === 1 ? cosine : cosine ** this.#sharpness
  }

  /** Cosine of a vector of norm 1 and an item; 0 where the item has no vector. */
  #cosine(vector: Float32Array, row: number): number {
    const { vectors, dim, scales } = this.#matrix
    return exactScore(vector, vectors, row * dim, dim, scales[row]!)
  }

  /** [dim] of norm 1, or zeros. */
  #row(row: number): Float32Array {
    const { vectors, dim, scales } = this.#matrix
    const vector = new Float32Array(vectors.subarray(row * dim, (row + 1) * dim))
    return scales[row]! > 0 && norm(vector) > 0 ? normalise(vector) : vector.fill(0)
  }
}
