import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compiledText } from '../../../../../pack/learn/kernel/compile.mjs'
import { RowProducts } from '../../../../../pack/learn/kernel/row-products'
import { seededRandom } from '../../../../../worker/compute/tensors/seeded-random'

const COMPILED = new URL('../../../../../pack/learn/kernel/compiled.ts', import.meta.url)

function filled(countA: number, countB: number, dim: number): RowProducts {
  const rows = new RowProducts(countA, countB, dim)
  const random = seededRandom(countA + countB + dim)
  for (const values of [rows.a, rows.b]) for (let at = 0; at < values.length; at++) values[at] = random() - 0.5
  return rows
}

const SHAPES = [
  [1, 4, 4],
  [3, 8, 12],
  [5, 16, 64],
] as const

describe('row products', () => {
  it('are what the source compiles to', async () => {
    const apart = (text: string) => text.replace(/\s+/g, ' ')
    expect(apart(readFileSync(COMPILED, 'utf8'))).toBe(apart(await compiledText()))
  }, 60_000)

  it.each(SHAPES)('multiply %i rows by %i of %i values', (countA, countB, dim) => {
    const rows = filled(countA, countB, dim)
    rows.multiply(countA)
    for (let i = 0; i < countA; i++) {
      for (let j = 0; j < countB; j++) {
        let sum = 0
        for (let k = 0; k < dim; k++) sum += rows.a[i * dim + k]! * rows.b[j * dim + k]!
        expect(rows.products[i * countB + j]).toBeCloseTo(sum, 5)
      }
    }
  })

  it('leave rows past the count alone', () => {
    const rows = filled(3, 4, 4)
    rows.products.fill(7)
    rows.multiply(2)
    expect([...rows.products.subarray(8)]).toEqual([7, 7, 7, 7])
    expect(rows.products[7]).not.toBe(7)
  })

  it.each(SHAPES)('flow back from %i x %i slopes to rows of %i values, onto what is there', (countA, countB, dim) => {
    const rows = filled(countA, countB, dim)
    const random = seededRandom(1)
    for (let at = 0; at < rows.products.length; at++) rows.products[at] = random() < 0.5 ? 0 : random() - 0.5
    rows.gradientA.fill(1)
    rows.gradientB.fill(2)
    rows.flowBack(countA)
    for (let k = 0; k < dim; k++) {
      for (let i = 0; i < countA; i++) {
        let sum = 1
        for (let j = 0; j < countB; j++) sum += rows.products[i * countB + j]! * rows.b[j * dim + k]!
        expect(rows.gradientA[i * dim + k]).toBeCloseTo(sum, 5)
      }
      for (let j = 0; j < countB; j++) {
        let sum = 2
        for (let i = 0; i < countA; i++) sum += rows.products[i * countB + j]! * rows.a[i * dim + k]!
        expect(rows.gradientB[j * dim + k]).toBeCloseTo(sum, 5)
      }
    }
  })
})
