import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bitsetLength, setBit } from '../../../worker/compute/bitset'
import { JsIndex } from '../../../worker/compute/js-index'
import { RefinedIndex } from '../../../worker/compute/refined-index'
import type { FineMatrix, VectorIndex } from '../../../worker/compute/vector-index'
import { expectExact } from '../../support/expect-exact'
import { fineMatrix, randomMatrix, randomQueries } from '../../support/reference-top-k'

/** A refined index over plain JavaScript, and how many rows it asked for, call by call. */
function refined(matrix: FineMatrix) {
  const asked: number[] = []
  let disposals = 0
  const js = new JsIndex(matrix)
  const inner: VectorIndex = {
    backend: 'wasm',
    count: js.count,
    dim: js.dim,
    topK: (queries, k, excluded) => {
      asked.push(k)
      return js.topK(queries, k, excluded)
    },
    scoreRows: () => expect.fail('the inner index scores by int8 alone'),
    dispose: () => disposals++,
  }
  return { index: new RefinedIndex(inner, matrix), asked, disposals: () => disposals }
}

/** Rows that are all alike in their 8 bits; by the finer ones each is better than the one before. */
function rising(count: number): FineMatrix {
  const residuals = Int8Array.from({ length: count * 2 }, (_, at) => (at % 2 ? 0 : Math.floor(((at / 2) * 256) / count) - 128))
  return { count, dim: 2, vectors: new Int8Array(count * 2).fill(100), residuals, scales: new Float32Array(count).fill(0.01) }
}

describe('RefinedIndex', () => {
  test.each([
    [1, 1],
    [2, 3],
    [7, 5],
    [33, 64],
    [257, 129],
    [3000, 16],
  ])('ranks %i × %i by 16 bits as float64 does', async (count, dim) => {
    const matrix = fineMatrix(count, dim, count + dim)
    const queries = randomQueries(3, dim, count * 31 + dim)
    for (const k of [1, 2, 20, 500, count].filter((most) => most <= count)) {
      const found = await refined(matrix).index.topK(queries, k)
      expect(found).toHaveLength(3)
      for (const [q, top] of found.entries()) expectExact(matrix, queries.subarray(q * dim, (q + 1) * dim), k, top)
    }
  })

  test('any matrix, query, k and exclusion', async () => {
    const cases = fc.record({
      count: fc.integer({ min: 1, max: 200 }),
      dim: fc.integer({ min: 1, max: 9 }),
      k: fc.integer({ min: 1, max: 60 }),
      seed: fc.nat(),
      out: fc.array(fc.nat({ max: 199 })),
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ count, dim, k: anyK, seed, out }) => {
        const k = Math.min(anyK, count)
        const matrix = fineMatrix(count, dim, seed, 3)
        const query = randomQueries(1, dim, seed + 1)
        const excluded = new Uint32Array(bitsetLength(count))
        for (const i of out.filter((row) => row < count)) setBit(excluded, i)
        const [top] = await refined(matrix).index.topK(query, k, excluded)
        expectExact(matrix, query, k, top!, excluded)
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  test('asks for more rows until nothing better can be among the others', async () => {
    const matrix = rising(1000)
    const { index, asked } = refined(matrix)
    const [top] = await index.topK(Float32Array.of(1, 0.5), 3)
    expectExact(matrix, Float32Array.of(1, 0.5), 3, top!)
    // They share a residual: a tie, in item order.
    expect([...top!.indices]).toEqual([997, 998, 999])
    expect(asked).toEqual([24, 96, 384, 1000])
  })

  test('widens for the query that needs it, not for the others', async () => {
    const matrix = rising(1000)
    const { index, asked } = refined(matrix)
    const queries = Float32Array.of(1, 0.5, 0, 0)
    const [, zero] = await index.topK(queries, 2)
    expect([...zero!.indices]).toEqual([0, 1])
    expect(asked).toEqual([21, 84, 336, 1000])
  })

  test('is content with the first rows where these prove it', async () => {
    const { index, asked } = refined(fineMatrix(2000, 64, 3))
    await index.topK(randomQueries(4, 64, 9), 5)
    expect(asked).toEqual([29])
  })

  test('ties keep item order, however many there are', async () => {
    const count = 300
    const vectors = new Int8Array(count * 2).fill(5)
    const matrix = { count, dim: 2, vectors, residuals: new Int8Array(count * 2).fill(-7), scales: new Float32Array(count).fill(0.1) }
    const [top] = await refined(matrix).index.topK(Float32Array.of(1, 1), 4)
    expect([...top!.indices]).toEqual([0, 1, 2, 3])
    expect(new Set(top!.scores)).toEqual(new Set([Math.fround((10 - 14 / 256) * Math.fround(0.1))]))
  })

  test('rows of zeros score 0, and so does every row against a query of zeros, in item order', async () => {
    const zeros = { count: 90, dim: 3, vectors: new Int8Array(270), residuals: new Int8Array(270), scales: new Float32Array(90) }
    const [top] = await refined(zeros).index.topK(Float32Array.of(1, 2, 3), 2)
    expect([[...top!.indices], [...top!.scores]]).toEqual([
      [0, 1],
      [0, 0],
    ])
    const { index, asked } = refined(fineMatrix(900, 3, 1))
    expect([...(await index.topK(new Float32Array(3), 3))[0]!.indices]).toEqual([0, 1, 2])
    expect(asked).toEqual([24])
  })

  test('queries so large or so small that scores overflow or vanish', async () => {
    const matrix = fineMatrix(200, 4, 8)
    for (const size of [1e38, 1e-44]) {
      const query = randomQueries(1, 4, 2).map((value) => value * size)
      const [top] = await refined(matrix).index.topK(query, 5)
      const all = new Float32Array(200)
      refined(matrix).index.scoreRows(query, allRows(200), all)
      const order = [...all.keys()].sort((a, b) => (all[b]! > all[a]! ? 1 : all[b]! < all[a]! ? -1 : a - b))
      expect([...top!.indices]).toEqual(order.slice(0, 5))
    }
  })

  test('without anything left over it is the index below, bit for bit', async () => {
    const matrix = randomMatrix(500, 17, 3)
    const queries = randomQueries(2, 17, 4)
    const { index } = refined({ ...matrix, residuals: new Int8Array(500 * 17) })
    expect(await index.topK(queries, 40)).toEqual(await new JsIndex(matrix).topK(queries, 40))
  })

  test('scores chosen rows as it ranks them, and says who proposes', async () => {
    const matrix = fineMatrix(40, 17, 3)
    const query = randomQueries(1, 17, 4)
    const { index, disposals } = refined(matrix)
    const [top] = await index.topK(query, 40)
    const out = new Float32Array(40)
    index.scoreRows(query, top!.indices, out)
    expect(out).toEqual(top!.scores)
    expect(index.backend).toBe('wasm')
    index.dispose()
    expect(disposals()).toBe(1)
  })

  const { index } = refined(fineMatrix(40, 4, 1))
  const query = Float32Array.of(1, 0, 0, 0)
  test.each([
    ['k of 0', () => index.topK(query, 0), /k is 0, .* 40/],
    ['k past the end', () => index.topK(query, 41), /k is 41, .* 40/],
    ['a length that does not fit', () => index.topK(new Float32Array(5), 1), /length 5, expected a multiple of dim = 4/],
    ['NaN', () => index.topK(Float32Array.of(0, Number.NaN, 0, 0), 1), /queries\[1\] is NaN/],
    ['a mask that does not fit', () => index.topK(query, 1, new Uint32Array(1)), /excluded has 1 words, expected 2/],
    ['a row past the end', async () => index.scoreRows(query, Int32Array.of(40), new Float32Array(1)), /rows\[0\] is 40/],
  ])('%s: refused', async (_, ask, message) => {
    await expect(ask()).rejects.toMatchObject({ code: 'invalid-argument', message: expect.stringMatching(message) })
  })
})

function allRows(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => row)
}
