import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bitsetLength, setBit } from '../../../worker/compute/bitset'
import { exactScore } from '../../../worker/compute/exact-score'
import { JsIndex } from '../../../worker/compute/js-index'
import type { TopK, VectorMatrix } from '../../../worker/compute/vector-index'
import { randomMatrix, randomQueries, referenceScores } from '../../support/reference-top-k'

const SHAPES: readonly (readonly [count: number, dim: number])[] = [
  [1, 1],
  [2, 3],
  [7, 5],
  [31, 8],
  [33, 64],
  [255, 7],
  [256, 128],
  [257, 129],
  [1000, 13],
]

/** Float32 rounds once, at the end: half a unit in the last place of a score of at most about 1. */
const ROUNDING = 2 ** -24

function expectExact(matrix: VectorMatrix, query: Float32Array, top: TopK, k: number, excluded?: ReadonlySet<number>) {
  const scores = referenceScores(matrix, query)
  const rounded = scores.map((_, i) => exactScore(query, matrix.vectors, i * matrix.dim, matrix.dim, matrix.scales[i]!))
  for (const [i, score] of rounded.entries()) expect(Math.abs(score - scores[i]!)).toBeLessThanOrEqual(ROUNDING * (1 + Math.abs(score)))
  const order = rounded.map((_, i) => i).filter((i) => !excluded?.has(i))
  order.sort((a, b) => rounded[b]! - rounded[a]! || a - b)
  expect([...top.indices]).toEqual(order.slice(0, k))
  expect([...top.scores]).toEqual(order.slice(0, k).map((i) => rounded[i]))
}

describe('JsIndex', () => {
  test.each(SHAPES)('ranks %i × %i as the reference does', async (count, dim) => {
    const matrix = randomMatrix(count, dim, count + dim)
    const queries = randomQueries(3, dim, count * 31 + dim)
    for (const k of [1, 2, 20, 500].filter((most) => most <= count)) {
      const results = await new JsIndex(matrix).topK(queries, k)
      expect(results).toHaveLength(3)
      for (const [q, top] of results.entries()) expectExact(matrix, queries.subarray(q * dim, (q + 1) * dim), top, k)
    }
  })

  test('any matrix, query, k and exclusion', async () => {
    const cases = fc.record({
      count: fc.integer({ min: 1, max: 70 }),
      dim: fc.integer({ min: 1, max: 9 }),
      k: fc.integer({ min: 1, max: 80 }),
      seed: fc.nat(),
      out: fc.array(fc.nat({ max: 69 })),
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ count, dim, k: anyK, seed, out }) => {
        const k = Math.min(anyK, count)
        const matrix = randomMatrix(count, dim, seed, 3)
        const query = randomQueries(1, dim, seed + 1)
        const excluded = new Uint32Array(bitsetLength(count))
        const inside = out.filter((i) => i < count)
        for (const i of inside) setBit(excluded, i)
        const [top] = await new JsIndex(matrix).topK(query, k, excluded)
        expectExact(matrix, query, top!, k, new Set(inside))
      }),
    )
  })

  test('ties keep item order', async () => {
    const matrix = { count: 300, dim: 2, vectors: new Int8Array(600).fill(5), scales: new Float32Array(300).fill(0.1) }
    const [top] = await new JsIndex(matrix).topK(Float32Array.of(1, 1), 4)
    expect([...top!.indices]).toEqual([0, 1, 2, 3])
    expect([...top!.scores]).toEqual([1, 1, 1, 1])
  })

  test('scores chosen rows as it ranks them', async () => {
    const matrix = randomMatrix(40, 17, 3)
    const query = randomQueries(1, 17, 4)
    const index = new JsIndex(matrix)
    const [top] = await index.topK(query, 40)
    const out = new Float32Array(40)
    index.scoreRows(query, top!.indices, out)
    expect(out).toEqual(top!.scores)
    index.scoreRows(query, new Int32Array(0), new Float32Array(0))
  })

  test.each([
    ['a query of the wrong length', new Float32Array(3), Int32Array.of(0), new Float32Array(1), /query has length 3, expected dim = 2/],
    ['a query of NaN', Float32Array.of(0, Number.NaN), Int32Array.of(0), new Float32Array(1), /query\[1\] is NaN/],
    ['a row beyond the last', new Float32Array(2), Int32Array.of(5), new Float32Array(1), /rows\[0\] is 5, expected 0 to 4/],
    ['a row before the first', new Float32Array(2), Int32Array.of(0, -1), new Float32Array(2), /rows\[1\] is -1/],
    ['too little room', new Float32Array(2), Int32Array.of(0, 1), new Float32Array(1), /out has length 1/],
  ])('scores no rows for %s', (_, query, rows, out, message) => {
    const index = new JsIndex(randomMatrix(5, 2, 1))
    expect(() => index.scoreRows(query, rows, out)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringMatching(message) }),
    )
  })

  test('no query, no result', async () => {
    expect(await new JsIndex(randomMatrix(5, 2, 1)).topK(new Float32Array(0), 3)).toEqual([])
  })

  test.each([
    ['a query of NaN', Float32Array.of(0, Number.NaN), 1, undefined, /queries\[1\] is NaN/],
    ['an infinite query', Float32Array.of(Number.POSITIVE_INFINITY, 0), 1, undefined, /queries\[0\] is Infinity/],
    ['a query of the wrong length', new Float32Array(3), 1, undefined, /length 3, expected a multiple of dim = 2/],
    ['k = 0', new Float32Array(2), 0, undefined, /k is 0/],
    ['k above the item count', new Float32Array(2), 6, undefined, /k is 6, expected 1 to the item count, 5/],
    ['k = 1.5', new Float32Array(2), 1.5, undefined, /k is 1.5/],
    ['a bitset of the wrong length', new Float32Array(2), 1, new Uint32Array(2), /2 words, expected 1/],
  ])('refuses %s', async (_, queries, k, excluded, message) => {
    const call = new JsIndex(randomMatrix(5, 2, 1)).topK(queries, k, excluded)
    await expect(call).rejects.toMatchObject({ name: 'SottoError', code: 'invalid-argument', message: expect.stringMatching(message) })
  })
})
