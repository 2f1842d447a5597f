import { factorCholesky, solveCholesky } from '../../worker/models/cholesky'

/**
 * Solves (G + lambda I) x = b for a matrix of counts that may lack small ones, so that G is not positive semidefinite: lambda is doubled until no
 * pivot is below half of what it was at first. Of a whole G none is below lambda.
 * @param gram [size, size] row-major, its lower triangle is read; left as it is.
 * @param lambda above 0.
 * @param vector [size] b, overwritten by x.
 * @param scratch [size, size] at least, overwritten.
 */
export function solveRidge(gram: Float64Array, size: number, lambda: number, vector: Float64Array, scratch: Float64Array): void {
  let ridge = lambda
  do {
    scratch.set(gram.subarray(0, size * size))
    for (let at = 0; at < size; at++) scratch[at * size + at]! += ridge
    ridge *= 2
  } while (!(factorCholesky(scratch, size) && leastPivot(scratch, size) >= lambda / 2) && ridge < Number.MAX_VALUE)
  solveCholesky(scratch, size, vector)
}

function leastPivot(lower: Float64Array, size: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < size; at++) least = Math.min(least, lower[at * size + at]! ** 2)
  return least
}
