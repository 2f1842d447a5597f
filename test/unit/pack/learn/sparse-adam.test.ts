import { describe, expect, it } from 'vitest'
import { SparseAdam } from '../../../../pack/learn/sparse-adam'

/** Adam as its authors write it, for one value. */
function slowAdam(start: number, slopes: readonly number[], rate: number): number {
  let value = start
  let first = 0
  let second = 0
  for (const [step, slope] of slopes.entries()) {
    first = 0.9 * first + 0.1 * slope
    second = 0.999 * second + 0.001 * slope * slope
    value -= (rate * (first / (1 - 0.9 ** (step + 1)))) / (Math.sqrt(second / (1 - 0.999 ** (step + 1))) + 1e-8)
  }
  return value
}

describe('sparse Adam', () => {
  it('moves a row that is touched at every step as Adam does', () => {
    const slopes = [0.5, -2, 0.25, 3]
    const table = new SparseAdam(Float32Array.of(9, 9, 1, 2), 2)
    for (const slope of slopes) {
      table.gradient[table.touch(1)]! += slope
      table.step(0.1)
    }
    expect(table.values[2]).toBeCloseTo(slowAdam(1, slopes, 0.1), 5)
    expect([...table.values.filter((_, at) => at !== 2)]).toEqual([9, 9, 2])
  })

  it('adds up what comes to a row within a step, however often it is touched', () => {
    const [once, twice] = [new SparseAdam(Float32Array.of(1), 1), new SparseAdam(Float32Array.of(1), 1)]
    for (const [table, parts] of [
      [once, [[3], [-1]]],
      [
        twice,
        [
          [1, 2],
          [1, -2],
        ],
      ],
    ] as const) {
      for (const slopes of parts) {
        for (const slope of slopes) table.gradient[table.touch(0)]! += slope
        table.step(0.1)
      }
    }
    expect([...twice.values]).toEqual([...once.values])
    expect([...twice.gradient]).toEqual([0])
  })

  it('leaves a row alone that this step has not touched, though the one before had', () => {
    const table = new SparseAdam(Float32Array.of(1, 5), 1)
    table.gradient[table.touch(0)] = 1
    table.step(0.1)
    const moved = table.values[0]
    expect(moved).not.toBe(1)
    table.gradient[table.touch(1)] = 1
    table.step(0.1)
    expect(table.values[0]).toBe(moved)
    expect(table.values[1]).not.toBe(5)
  })
})
