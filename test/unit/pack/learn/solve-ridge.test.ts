import { expect, it } from 'vitest'
import { solveRidge } from '../../../../pack/learn/solve-ridge'

const solve = (gram: readonly number[], lambda: number) => {
  const vector = Float64Array.of(1, 0)
  solveRidge(Float64Array.from(gram), 2, lambda, vector, new Float64Array(9))
  return [...vector]
}

it('solves what is positive definite', () => {
  const [first, second] = solve([2, 0, 1, 2], 1)
  expect(first).toBeCloseTo(3 / 8, 12)
  expect(second).toBeCloseTo(-1 / 8, 12)
})

it('raises lambda until a matrix is: here from 0.5 to 2', () => {
  const [first, second] = solve([1, 0, 2, 1], 0.5)
  expect(first).toBeCloseTo(3 / 5, 12)
  expect(second).toBeCloseTo(-2 / 5, 12)
})
