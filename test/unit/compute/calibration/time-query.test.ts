import { describe, expect, test } from 'vitest'
import { firstRowsOf, hasFineClock, shortScan, timeQuery } from '../../../../worker/compute/calibration/time-query'
import type { VectorMatrix } from '../../../../worker/compute/vector-index'
import { FakeClock } from '../../../support/compute-fake-clock'
import { fakeIndex } from '../../../support/compute-fake-index'
import { randomMatrix } from '../../../support/reference-top-k'

/** Rows without content: what they cost is the clock's to say. */
function rowsOf(count: number, dim = 128): VectorMatrix {
  return { count, dim, vectors: new Int8Array(count * dim), scales: new Float32Array(count).fill(1) }
}

/** Opens indexes whose scans cost so much a row, and keeps them. */
function opener(matrix: VectorMatrix, clock: FakeClock, msPerRow: (scan: number) => number, openMs = 0) {
  const opened: ReturnType<typeof fakeIndex>[] = []
  let scans = 0
  const open = (rows: number) => {
    clock.spend(openMs)
    const index = fakeIndex('js', firstRowsOf(matrix, rows), { onScan: () => clock.spend(msPerRow(scans++) * rows) })
    opened.push(index)
    return index
  }
  return { open, opened }
}

describe('timeQuery', () => {
  test.each([
    ['a tiny catalog, a scan far below the clock’s tick', 50, 1 / 25_000],
    ['a small one', 2_000, 1 / 20_000],
    ['a large one in WebAssembly', 10_000, 1 / 50_000],
    ['one that takes a whole slice', 8_000, 1 / 2_000],
  ])('%s is measured whole, within a tenth', async (_, count, msPerRow) => {
    const clock = new FakeClock()
    const matrix = rowsOf(count)
    const { open, opened } = opener(matrix, clock, () => msPerRow)
    const { ms, rows } = await timeQuery(matrix, open, shortScan(matrix), 16, clock)
    expect(rows).toBe(count)
    expect(ms / (count * msPerRow)).toBeGreaterThan(0.9)
    expect(ms / (count * msPerRow)).toBeLessThan(1.1)
    expect(opened.every(({ disposals }) => disposals === 1)).toBe(true)
  })

  test('where a whole scan would hold up a request, the first rows are measured and scaled up', async () => {
    const clock = new FakeClock()
    const matrix = rowsOf(100_000)
    const { open } = opener(matrix, clock, () => 1 / 2_000)
    const { ms, rows } = await timeQuery(matrix, open, shortScan(matrix), 16, clock)
    expect(rows).toBe(8_192)
    expect(ms).toBeCloseTo(50, -1)
    expect(Math.max(...clock.slices)).toBeLessThanOrEqual(2 * 8_192 * (1 / 2_000))
  })

  test('the first calls, not yet compiled, do not count; of the others the best does', async () => {
    const clock = new FakeClock()
    const matrix = rowsOf(2_000)
    const { open } = opener(matrix, clock, (scan) => (scan < 3 ? 20 : 1 + (scan % 3)) / 2_000)
    const { ms } = await timeQuery(matrix, open, matrix.count, 1_000, clock)
    expect(ms).toBeGreaterThanOrEqual(0.9)
    expect(ms).toBeLessThan(2.1)
  })

  test('work stops when the budget is used up, however slow the device', async () => {
    const clock = new FakeClock()
    const matrix = rowsOf(4_000)
    const { open } = opener(matrix, clock, () => 1 / 100, 1)
    const { ms, rows } = await timeQuery(matrix, open, shortScan(matrix), 16, clock)
    expect(rows).toBe(512)
    expect(ms).toBeCloseTo(40, 0)
    expect(clock.workMs).toBeLessThanOrEqual(16)
  })

  test('what fails is disposed and thrown on', async () => {
    const clock = new FakeClock()
    const index = fakeIndex('webgpu', rowsOf(100))
    index.fail()
    await expect(timeQuery(rowsOf(100), () => index, 100, 16, clock)).rejects.toThrow('the device was lost')
    expect(index.disposals).toBe(1)
  })

  test('asks as a visitor does: for the neighbours of an item', async () => {
    const clock = new FakeClock()
    const matrix = randomMatrix(30, 8, 5)
    const seen: number[][] = []
    const open = () => {
      const index = fakeIndex('js', matrix, { onScan: () => clock.spend(2) })
      return {
        ...index,
        topK: (queries: Float32Array, k: number) => {
          seen.push([...queries].map((value) => Math.round(value / matrix.scales[15]!)))
          expect(k).toBe(20)
          return index.topK(queries, k)
        },
      }
    }
    await timeQuery(matrix, open, 30, 16, clock)
    expect(seen[0]).toEqual([...matrix.vectors.subarray(15 * 8, 16 * 8)])
  })
})

test('the first rows of a matrix are views of it, in the same memory', () => {
  const matrix = {
    ...randomMatrix(10, 4, 1),
    memory: { memory: new WebAssembly.Memory({ initial: 1 }), capacity: 10, dim: 4, kernels: new Map() },
  }
  const first = firstRowsOf(matrix, 3)
  expect(first).toMatchObject({ count: 3, dim: 4, memory: matrix.memory })
  expect(first.vectors).toEqual(matrix.vectors.subarray(0, 12))
  expect(first.vectors.buffer).toBe(matrix.vectors.buffer)
  expect(first.scales).toHaveLength(3)
  expect(firstRowsOf(matrix, 10)).toBe(matrix)
})

test.each([
  [0.1, true],
  [1, true],
  [16.7, false],
  [100, false],
])('a clock that ticks every %s ms: fine enough is %s', async (tickMs, isFine) => {
  const clock = new FakeClock(tickMs)
  expect(await hasFineClock(clock)).toBe(isFine)
  expect(clock.workMs).toBe(0)
})
