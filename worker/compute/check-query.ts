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
  if (!Number.isInteger(k) || k < 1 || k > count) throw wrong(`k is ${k}, expected 1 to the item count, ${count}`)
  const words = bitsetLength(count)
  if (excluded && excluded.length !== words) throw wrong(`excluded has ${excluded.length} words, expected ${words} for ${count} items`)
  checkFinite('queries', queries)
  return queries.length / dim
}

/**
 * Checks the arguments of `VectorIndex.scoreRows`.
 * @throws SottoError `invalid-argument`, naming the argument.
 */
export function checkRows(
  index: { readonly count: number; readonly dim: number },
  query: Float32Array,
  rows: Int32Array,
  out: Float32Array,
): void {
  const { count, dim } = index
  if (query.length !== dim) throw wrong(`query has length ${query.length}, expected dim = ${dim}`)
  if (out.length !== rows.length) throw wrong(`out has length ${out.length}, expected one place a row, ${rows.length}`)
  if (!areFinite(query)) checkFinite('query', query)
  // A loop, not findIndex: called for every pick of a shelf, and a worker that has just started runs callbacks slowly.
  for (let at = 0; at < rows.length; at++) {
    if (!(rows[at]! >= 0 && rows[at]! < count)) throw wrong(`rows[${at}] is ${rows[at]}, expected 0 to ${count - 1}`)
  }
}

function checkFinite(name: string, values: Float32Array): void {
  for (let at = 0; at < values.length; at++) {
    // Its difference from itself is NaN where it is not finite; Number.isFinite would box each value, a kilobyte of garbage a query.
    if (values[at]! - values[at]! !== 0) {
      throw wrong(`${name}[${at}] is ${values[at]}, expected a finite number`)
    }
  }
}

/** By the browser's own search: fast from the first call on, but it leaves a few bytes of garbage. */
function areFinite(values: Float32Array): boolean {
  return !(values.includes(Number.NaN) || values.includes(Number.POSITIVE_INFINITY) || values.includes(Number.NEGATIVE_INFINITY))
}

function wrong(message: string): SottoError {
  return new SottoError('invalid-argument', message)
}
