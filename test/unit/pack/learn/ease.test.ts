import { describe, expect, it } from 'vitest'
import { ease } from '../../../../pack/learn/ease'
import type { InteractionLog } from '../../../../pack/learn/interaction-log'
import { invertCholesky } from '../../../../pack/learn/invert-cholesky'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'
import { factorCholesky } from '../../../../worker/models/cholesky'
import type { Settings } from '../../../../worker/models/model-part'
import { openRowModel } from '../../../../worker/models/row-model'
import { makeLog } from '../../../support/make-log'

/** Gauss and Jordan's inverse. */
function slowInverse(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length
  const rows = matrix.map((row, at) => [...row, ...row.map((_, column) => Number(column === at))])
  for (let pivot = 0; pivot < size; pivot++) {
    const factor = rows[pivot]![pivot]!
    rows[pivot] = rows[pivot]!.map((value) => value / factor)
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue
      const share = rows[row]![pivot]!
      rows[row] = rows[row]!.map((value, column) => value - share * rows[pivot]![column]!)
    }
  }
  return rows.map((row) => row.slice(size))
}

/** Coefficients by the formula, for sequences of distinct items. */
function slowEase(itemCount: number, sequences: readonly (readonly number[])[], lambda: number): number[][] {
  const gram = Array.from({ length: itemCount }, (_, a) =>
    Array.from(
      { length: itemCount },
      (_, b) => sequences.filter((items) => items.includes(a) && items.includes(b)).length + Number(a === b) * lambda,
    ),
  )
  const inverse = slowInverse(gram)
  return inverse.map((row, a) => row.map((value, b) => (a === b ? 0 : Math.max(0, -value / inverse[b]![b]!))))
}

function coefficients(log: InteractionLog, support: number, lambda: number, more: Settings = {}): number[][] {
  const part = ease.learn({ log, support, seed: 1 }, { lambda, ...more })
  if (part instanceof Promise) throw new Error('learned at once')
  const model = openRowModel(part)
  return Array.from({ length: Math.min(log.itemCount, 7) }, (_, item) => {
    const out = new Float32Array(log.itemCount)
    model.score({ items: Int32Array.of(item) }, out)
    return [...out]
  })
}

const random = seededRandom(3)
const SEQUENCES = Array.from({ length: 60 }, () => Array.from({ length: 7 }, (_, item) => item).filter(() => random() < 0.4))

describe('EASE', () => {
  it('is the closed form, in its positive coefficients between items that some visitor took both of', () => {
    const found = coefficients(makeLog(7, SEQUENCES), 1, 2)
    const expected = slowEase(7, SEQUENCES, 2)
    for (const [a, row] of expected.entries()) {
      for (const [b, value] of row.entries()) expect(Math.abs(found[a]![b]! - value)).toBeLessThanOrEqual(0.03 * value + 1e-6)
    }
  })

  it('is the same where each item is regressed on all that it occurs with, in catalogs too large to invert', () => {
    const found = coefficients(makeLog(3001, SEQUENCES), 1, 2)
    const expected = slowEase(7, SEQUENCES, 2)
    for (const [a, row] of expected.entries()) {
      for (const [b, value] of row.entries()) expect(Math.abs(found[a]![b]! - value)).toBeLessThanOrEqual(0.03 * value + 1e-6)
    }
  })

  it('forgets the pairs of an item that are least, and stays solvable', () => {
    const log = makeLog(3001, SEQUENCES)
    const whole = coefficients(log, 1, 2)
    expect(coefficients(log, 1, 2, { pairs: 7 })).toEqual(whole)
    for (const pairs of [1, 3, 5]) {
      const some = coefficients(log, 1, 0.01, { pairs })
      expect(some.flat().every((value) => Number.isFinite(value) && value < 100)).toBe(true)
    }
    // An item counts among its own pairs, so with one it is as if candidates never came together.
    const both = SEQUENCES.filter((items) => items.includes(0) && items.includes(1)).length
    const own = SEQUENCES.filter((items) => items.includes(0)).length
    expect(coefficients(log, 1, 2, { pairs: 1 })[0]![1]! / (both / (own + 2))).toBeCloseTo(1, 1)
    expect(coefficients(log, 1, 2, { pairs: 3 })).not.toEqual(whole)
  })

  it('keeps no pair of fewer visitors than the support', () => {
    const log = makeLog(3, [[0, 1], [0, 1], [0, 2], [1]])
    const found = coefficients(log, 2, 1)
    expect(found[0]![1]).toBeGreaterThan(0)
    expect(found[0]![2]).toBe(0)
    expect(found[2]).toEqual([0, 0, 0])
  })

  it('cannot be learned where nobody took two', () => {
    expect(ease.canLearn({ log: makeLog(2, [[0], [1]]), support: 1, seed: 1 })).toBe(false)
    expect(ease.canLearn({ log: makeLog(2, []), support: 1, seed: 1 })).toBe(false)
  })
})

describe('the inverse from a factor', () => {
  it.each([1, 2, 3, 8, 17])('of size %i', (size) => {
    const matrix = Array.from({ length: size }, (_, a) =>
      Array.from({ length: size }, (_, b) => Math.cos(a * b) / (1 + Math.abs(a - b)) + Number(a === b) * size),
    )
    const symmetric = matrix.map((row, a) => row.map((value, b) => (value + matrix[b]![a]!) / 2))
    const flat = Float64Array.from(symmetric.flat())
    expect(factorCholesky(flat, size)).toBe(true)
    invertCholesky(flat, size)
    for (const [at, value] of slowInverse(symmetric).flat().entries()) expect(flat[at]).toBeCloseTo(value, 10)
  })
})
