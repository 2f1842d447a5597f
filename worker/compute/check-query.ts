import { SottoError } from '../../src/shared/errors'
import { bitsetLength } from './bitset'

/**
 * Checks the arguments of `VectorIndex.topK` once, so that kernels may trust them.
 * @returns the number of queries.
 * @throws SottoError `invalid-argument`, naming the argument.
 */
export function checkQuery(
  index: { readonly count: number; readonly dim: number },
  queries: Float32Array,
  k: number,
  excluded?: Uint32Array,
): number {
  const { count, dim } = index
  if (!(dim > 0) || queries.length % dim) throw wrong(`queries has length ${queries.length}, expected a multiple of dim = ${dim}`)
  if (!Number.isInteger(k) || k < 1 || k > count) throw wrong(`k is ${k}, expected a whole number from 1 to the number of items, ${count}`)
  const words = bitsetLength(count)
  if (excluded && excluded.length !== words) throw wrong(`excluded has ${excluded.length} words, expected ${words} for ${count} items`)
  const bad = queries.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) throw wrong(`queries[${bad}] is ${queries[bad]}, expected a finite number; check the vector it was made from`)
  return queries.length / dim
}

function wrong(message: string): SottoError {
  return new SottoError('invalid-argument', message)
}
