import { SottoError } from '../../src/shared/errors'
import type { ItemVectors } from './latent-vectors'

/**
 * Puts several vectors of each item side by side, so that the cosine of two items is the weighted mean of their cosines by each kind, as far as
 * both have it. What an item lacks counts as unlike.
 * @param kinds of the same items, any scale; weights at least 0.
 * @returns rows of norm 1; zeros where an item has none at all.
 * @throws SottoError `invalid-argument` where the kinds are not of as many items.
 */
export function mixVectors(kinds: readonly { readonly vectors: ItemVectors; readonly weight: number }[]): ItemVectors {
  const counts = kinds.map(({ vectors: { values, dim } }) => (dim ? values.length / dim : 0))
  const count = counts[0] ?? 0
  const other = counts.findIndex((each) => each !== count)
  if (other >= 0)
    throw new SottoError('invalid-argument', `mixVectors: kind ${other} has ${counts[other]} rows, expected ${count} as kind 0 has`)
  const dim = kinds.reduce((sum, { vectors }) => sum + vectors.dim, 0)
  const values = new Float32Array(count * dim)
  for (let row = 0; row < count; row++) {
    let from = row * dim
    let whole = 0
    for (const { vectors, weight } of kinds) {
      const own = vectors.values.subarray(row * vectors.dim, (row + 1) * vectors.dim)
      let squares = 0
      for (const value of own) squares += value * value
      const factor = squares > 0 ? Math.sqrt(weight / squares) : 0
      for (const [k, value] of own.entries()) values[from + k] = factor * value
      if (squares > 0) whole += weight
      from += vectors.dim
    }
    if (whole > 0) for (let at = row * dim; at < from; at++) values[at]! /= Math.sqrt(whole)
  }
  return { values, dim }
}
