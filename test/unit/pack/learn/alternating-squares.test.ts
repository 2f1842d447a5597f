import { expect, test } from 'vitest'
import { factorize, type Side } from '../../../../pack/learn/alternating-squares'
import { transpose, visitorRows } from '../../../../pack/learn/visitor-rows'
import { makeLog, twoTastes } from '../../../support/make-log'

const SETTINGS = { dim: 3, sweeps: 4, unseen: 0.1, ridge: 0.02 }
/** Fewer and more than a row has observations: each is solved in another way. */
const DIMS = [3, 30]

/** The objective as it reads: every cell of the table in turn. */
function slowObjective(log: ReturnType<typeof twoTastes>, visitors: Side, items: Side, mean: number): number {
  const { dim } = visitors
  const size = dim + 1
  const count = log.starts.length - 1
  const row = (side: Side, index: number) => side.values.subarray(index * size, (index + 1) * size)
  const square = (side: Side, index: number) => row(side, index).reduce((sum, value) => sum + value ** 2, 0)
  const takers = new Map<number, number>()
  let loss = 0
  for (let visitor = 0; visitor < count; visitor++) {
    const taken = new Set(log.items.subarray(log.starts[visitor], log.starts[visitor + 1]))
    for (let item = 0; item < log.itemCount; item++) {
      const x = row(visitors, visitor)
      const y = row(items, item)
      let predicted = mean + x[dim]! + y[dim]!
      for (let k = 0; k < dim; k++) predicted += x[k]! * y[k]!
      loss += SETTINGS.unseen * predicted ** 2
      if (!taken.has(item)) continue
      loss += (1 - predicted) ** 2
      takers.set(item, (takers.get(item) ?? 0) + 1)
    }
    loss += SETTINGS.ridge * (taken.size + SETTINGS.unseen * log.itemCount) * square(visitors, visitor)
  }
  for (const [item, taken] of takers) loss += SETTINGS.ridge * (taken + SETTINGS.unseen * count) * square(items, item)
  return loss
}

function run(sweeps: number, dim: number) {
  const log = twoTastes(24)
  const rows = visitorRows(log, 1)
  const sides = factorize(rows, transpose(rows), { ...SETTINGS, dim, sweeps }, 5)
  return { ...sides, loss: slowObjective(log, sides.visitors, sides.items, sides.mean) }
}

test.each(DIMS)('each sweep lowers the objective, %i factors', (dim) => {
  const losses = [0, 1, 2, 4, 8].map((sweeps) => run(sweeps, dim).loss)
  for (let at = 1; at < losses.length; at++) expect(losses[at]!).toBeLessThan(losses[at - 1]!)
})

test.each(DIMS)('no step from an item that was just solved makes it better, %i factors', (dim) => {
  const { visitors, items, mean, loss } = run(3, dim)
  for (let at = 0; at < items.values.length; at++) {
    for (const step of [-0.01, 0.01]) {
      const values = items.values.slice()
      values[at]! += step
      expect(slowObjective(twoTastes(24), visitors, { ...items, values }, mean)).toBeGreaterThan(loss)
    }
  }
})

test('the same seed gives the same numbers, another gives others', () => {
  const rows = visitorRows(twoTastes(8), 1)
  const of = (seed: number) => [...factorize(rows, transpose(rows), SETTINGS, seed).items.values]
  expect(of(1)).toEqual(of(1))
  expect(of(2)).not.toEqual(of(1))
})

test('one visitor of one item', () => {
  const rows = visitorRows(makeLog(1, [[0]]), 1)
  const { items, mean } = factorize(rows, transpose(rows), SETTINGS, 1)
  expect(mean).toBeCloseTo(1 / 1.1, 12)
  expect(items.values.every(Number.isFinite)).toBe(true)
})
