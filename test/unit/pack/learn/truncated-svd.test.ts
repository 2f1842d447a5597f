import { describe, expect, it } from 'vitest'
import { dotColumns, orthonormalize } from '../../../../pack/learn/orthonormalize'
import { symmetricEigen } from '../../../../pack/learn/symmetric-eigen'
import { type SparseMatrix, truncatedSvd } from '../../../../pack/learn/truncated-svd'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'

function sparse(rows: readonly (readonly number[])[]): SparseMatrix {
  const filled = rows.map((row) => row.flatMap((value, column) => (value ? [[column, value] as const] : [])))
  const starts = Uint32Array.from([0, ...filled.map((_, row) => filled.slice(0, row + 1).flat().length)])
  return {
    columnCount: rows[0]?.length ?? 0,
    starts,
    columns: Uint32Array.from(filled.flat(), ([column]) => column),
    values: Float32Array.from(filled.flat(), ([, value]) => value),
  }
}

function randomRows(count: number, width: number, seed: number): number[][] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => Array.from({ length: width }, () => (random() < 0.3 ? Math.round(random() * 20) / 4 : 0)))
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)

describe('truncatedSvd', () => {
  it('takes a matrix apart that was put together by hand', () => {
    // 3 and 2 times outer products of orthonormal vectors.
    const { dim, singular, left } = truncatedSvd(
      sparse([
        [0, 3, 0],
        [0, 0, 0],
        [1.2, 0, 1.6],
      ]),
      2,
      1,
    )
    expect(dim).toBe(2)
    expect(singular[0]).toBeCloseTo(3, 6)
    expect(singular[1]).toBeCloseTo(2, 6)
    expect(Math.abs(left[0]!)).toBeCloseTo(1, 6)
    expect(Math.abs(left[5]!)).toBeCloseTo(1, 6)
    expect(left[2]).toBe(0)
  })

  it('gives products of rows back, where as many dimensions are kept as there are', () => {
    const rows = randomRows(23, 17, 5)
    const { dim, singular, left } = truncatedSvd(sparse(rows), 17, 1)
    expect(dim).toBe(17)
    const scaled = (row: number) => Array.from(singular, (value, k) => value * left[row * dim + k]!)
    for (let a = 0; a < rows.length; a++)
      for (let b = 0; b < rows.length; b++) expect(dot(scaled(a), scaled(b))).toBeCloseTo(dot(rows[a]!, rows[b]!), 3)
  })

  it('finds the largest singular values to a thousandth where columns fall as words do', () => {
    const rows = randomRows(80, 60, 9).map((row) => row.map((value, column) => value / (1 + column)))
    const gram = Float64Array.from({ length: 3600 }, (_, at) =>
      rows.reduce((sum, row) => sum + row[Math.floor(at / 60)]! * row[at % 60]!, 0),
    )
    const exact = symmetricEigen(gram, 60).values
    const { singular } = truncatedSvd(sparse(rows), 3, 2)
    for (const [k, value] of singular.entries()) expect(value / Math.sqrt(exact[k]!)).toBeCloseTo(1, 2.7)
  })

  it('is the same for the same seed, and gives zeros beyond the rank', () => {
    const rows = Array.from({ length: 6 }, (_, row) => [row, 2 * row, 0, row])
    const once = truncatedSvd(sparse(rows), 3, 4)
    expect(truncatedSvd(sparse(rows), 3, 4)).toEqual(once)
    expect(once.singular[1]).toBeCloseTo(0, 5)
    expect(once.left.every(Number.isFinite)).toBe(true)
  })

  it('gives what there is of small and empty matrices', () => {
    expect(truncatedSvd(sparse([[2]]), 64, 1)).toMatchObject({ dim: 1 })
    expect(truncatedSvd(sparse([]), 64, 1).dim).toBe(0)
    expect(
      truncatedSvd(
        sparse([
          [0, 0],
          [0, 0],
        ]),
        2,
        1,
      ).left.every((value) => value === 0),
    ).toBe(true)
  })
})

describe('orthonormalize', () => {
  it('makes columns orthonormal, and zeros of those that say nothing new', () => {
    const random = seededRandom(3)
    const columns = Float64Array.from({ length: 4 * 9 }, random)
    for (let at = 0; at < 9; at++) columns[18 + at] = columns[at]! - 2 * columns[9 + at]!
    orthonormalize(columns, 9)
    const expected = [1, 1, 0, 1]
    for (let a = 0; a < 4; a++)
      for (let b = 0; b < 4; b++) expect(dotColumns(columns, 9 * a, 9 * b, 9)).toBeCloseTo(a === b ? expected[a]! : 0, 12)
  })
})

describe('symmetricEigen', () => {
  it('solves an example by hand', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2)
    expect([...values].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([3, 1])
    for (const value of vectors) expect(Math.abs(value)).toBeCloseTo(Math.SQRT1_2, 12)
    expect(vectors[0]! * vectors[1]!).toBeGreaterThan(0)
    expect(vectors[2]! * vectors[3]!).toBeLessThan(0)
  })

  it('gives the matrix back', () => {
    const size = 12
    const random = seededRandom(8)
    const matrix = new Float64Array(size * size)
    for (let a = 0; a < size; a++) for (let b = 0; b <= a; b++) matrix[a * size + b] = matrix[b * size + a] = random() - 0.5
    const { values, vectors } = symmetricEigen(matrix.slice(), size)
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        let sum = 0
        for (let k = 0; k < size; k++) sum += values[k]! * vectors[k * size + a]! * vectors[k * size + b]!
        expect(sum).toBeCloseTo(matrix[a * size + b]!, 10)
      }
    }
  })
})
