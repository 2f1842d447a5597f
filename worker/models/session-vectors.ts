import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'
import type { Recommender, Visit } from './recommender'

/** Places of a visit that count, from its end. */
export const PLACES = 20

/**
 * One vector an item; a visit is the mean of its items' vectors, each by its place, and an item is the likelier next the smaller the angle between its
 * vector and the visit's. Scores are probabilities: the softmax of the cosines over the temperature. Repeated items count each time. Items that were
 * not learned score 0, and so do all for a visit that holds no other.
 * Source: the encoder of CORE (Hou et al., SIGIR 2022) with a weight for each place.
 * @throws SottoError `pack-invalid` naming what is missing or does not fit.
 */
export function openSessionVectors(part: ModelPart): Recommender {
  const reader = new PartReader(part)
  const dim = reader.setting('dim')
  const temperature = reader.setting('temperature')
  const lengths = reader.tensor('lengths', [Float32Array])
  const itemCount = lengths.length
  if (dim % 4 !== 0) throw reader.wrong(`setting "dim" is ${dim}, expected a multiple of 4`)
  const units = reader.tensor('units', [Int8Array], itemCount * dim)
  const places = reader.tensor('places', [Float32Array], PLACES)
  const norms = unitNorms(units, dim)

  /** How much the unit vector of each place counts; 0 for unknown items and those too far back. */
  const worths = ({ items, weights }: Visit) =>
    Float64Array.from(items, (item, at) => {
      const back = items.length - 1 - at
      return back < PLACES ? lengths[item]! * norms[item]! * places[back]! * (weights?.[at] ?? 1) : 0
    })

  const visitVector = (visit: Visit, worth: Float64Array) => {
    const vector = new Float64Array(dim)
    for (const [at, item] of visit.items.entries())
      if (worth[at]! > 0) for (let k = 0; k < dim; k++) vector[k]! += worth[at]! * units[item * dim + k]!
    return vector
  }

  return {
    name: 'session-vectors',
    itemCount,
    score(visit, out) {
      out.fill(0)
      const vector = visitVector(visit, worths(visit))
      const norm = Math.hypot(...vector)
      if (norm === 0) return
      const query = Float32Array.from(vector, (value) => value / norm / temperature)
      let sum = 0
      for (let item = 0, at = 0; item < itemCount; item++, at += dim) {
        if (norms[item] === 0) continue
        // No cosine is above 1, so nothing overflows.
        const mass = Math.exp(dot(query, units, at) * norms[item]! - 1 / temperature)
        out[item] = mass
        sum += mass
      }
      for (let item = 0; item < itemCount; item++) out[item]! /= sum
    },
    explain(visit, item, out) {
      const worth = worths(visit)
      for (const [at, own] of visit.items.entries()) {
        let product = 0
        for (let k = 0; worth[at]! > 0 && k < dim; k++) product += units[own * dim + k]! * units[item * dim + k]!
        out[at] = Math.max(0, worth[at]! * product * norms[item]!)
      }
    },
  }
}

/** One over the length of each row of 8-bit values, 0 for rows of zeros: those of items that were not learned. */
function unitNorms(units: Int8Array, dim: number): Float32Array {
  return Float32Array.from({ length: units.length / dim }, (_, item) => {
    let square = 0
    for (let at = item * dim; at < (item + 1) * dim; at++) square += units[at]! ** 2
    return square && 1 / Math.sqrt(square)
  })
}

/** Four sums side by side, so that no addition waits for the one before. @param query its length is a multiple of 4. */
function dot(query: Float32Array, units: Int8Array, at: number): number {
  let sum0 = 0
  let sum1 = 0
  let sum2 = 0
  let sum3 = 0
  for (let k = 0; k < query.length; k += 4) {
    sum0 += query[k]! * units[at + k]!
    sum1 += query[k + 1]! * units[at + k + 1]!
    sum2 += query[k + 2]! * units[at + k + 2]!
    sum3 += query[k + 3]! * units[at + k + 3]!
  }
  return sum0 + sum1 + sum2 + sum3
}
