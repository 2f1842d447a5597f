import { expect, test } from 'vitest'
import { addOuter, factorCholesky, solveCholesky } from '../../../worker/models/cholesky'

test('an example by hand: [[4, 2], [2, 5]] is L Lᵀ with L = [[2, 0], [1, 2]]', () => {
  const matrix = Float64Array.of(4, 2, 2, 5)
  expect(factorCholesky(matrix, 2)).toBe(true)
  expect([...matrix]).toEqual([2, 2, 1, 2])
  const vector = Float64Array.of(8, 12)
  solveCholesky(matrix, 2, vector)
  expect([...vector]).toEqual([1, 2])
})

test('what is solved solves, for sizes from 1 up', () => {
  for (let size = 1; size <= 9; size++) {
    const matrix = new Float64Array(size * size)
    for (let row = 0; row < size; row++) {
      matrix[row * size + row]! += 1
      addOuter(
        matrix,
        Float64Array.from({ length: size }, (_, k) => Math.sin(7 * row + 3 * k)),
        1,
      )
    }
    for (let a = 0; a < size; a++) for (let b = 0; b < a; b++) matrix[b * size + a] = matrix[a * size + b]!
    const wanted = Float64Array.from({ length: size }, (_, k) => k - 2)
    const vector = wanted.map((_, row) => wanted.reduce((sum, value, k) => sum + matrix[row * size + k]! * value, 0))
    expect(factorCholesky(matrix, size)).toBe(true)
    solveCholesky(matrix, size, vector)
    for (const [k, value] of vector.entries()) expect(value).toBeCloseTo(wanted[k]!, 9)
  }
})

test('a matrix that is not positive definite is told', () => {
  expect(factorCholesky(Float64Array.of(1, 2, 2, 4), 2)).toBe(false)
  expect(factorCholesky(Float64Array.of(0), 1)).toBe(false)
  expect(factorCholesky(Float64Array.of(Number.NaN), 1)).toBe(false)
})
