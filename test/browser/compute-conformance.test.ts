import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bitsetLength, setBit } from '../../worker/compute/bitset'
import { JsIndex } from '../../worker/compute/js-index'
import { RefinedIndex } from '../../worker/compute/refined-index'
import type { TopK, VectorIndex, VectorMatrix } from '../../worker/compute/vector-index'
import { BACKEND_NAMES, openBackends } from '../support/backends'
import { expectExact } from '../support/expect-exact'
import { fineMatrix, randomMatrix, randomQueries, seededRandom } from '../support/reference-top-k'

/** For what a software adapter computes for seconds, on a machine that has other work too. */
const SLOW_MS = 120_000

let opened: Awaited<ReturnType<typeof openBackends>>
beforeAll(async () => {
  opened = await openBackends()
  console.info(`WebGPU adapter: ${opened.adapter}`)
}, SLOW_MS)
afterAll(() => opened.close())

test('every backend is under test, and the adapter has a name', () => {
  expect(opened.backends.map(({ name }) => name)).toEqual(BACKEND_NAMES)
  expect(opened.adapter).toMatch(/\w/)
})

describe.each(BACKEND_NAMES)('%s', { timeout: SLOW_MS }, (name) => {
  async function withIndex<T>(matrix: VectorMatrix, work: (index: VectorIndex) => T | Promise<T>): Promise<T> {
    const index = await opened.backends.find((backend) => backend.name === name)!.open(matrix)
    try {
      return await work(index)
    } finally {
      index.dispose()
    }
  }

  /** Asks, and holds the answer against float64, and against plain JavaScript to the last bit. */
  async function expectRanking(index: VectorIndex, matrix: VectorMatrix, queries: Float32Array, k: number, excluded?: Uint32Array) {
    const found = await index.topK(queries, k, excluded)
    expect(found).toHaveLength(queries.length / matrix.dim)
    for (const [q, top] of found.entries()) {
      expectExact(matrix, queries.subarray(q * matrix.dim, (q + 1) * matrix.dim), k, top, excluded)
    }
    expect(bits(found)).toEqual(bits(await new JsIndex(matrix).topK(queries, k, excluded)))
  }

  // One below, at and past each block: 4 rows (two and four at a time), 16 and 32 values, blocks of 8 KB, windows of 8192 rows, 256 rows.
  test.each([
    [1, 1],
    [2, 3],
    [3, 15],
    [4, 16],
    [5, 17],
    [7, 31],
    [63, 64],
    [64, 65],
    [65, 127],
    [127, 128],
    [128, 128],
    [129, 128],
    [255, 384],
    [256, 32],
    [257, 33],
    [511, 16],
    [513, 16],
    [8191, 3],
    [8192, 16],
    [8193, 17],
  ])('ranks %i × %i', async (count, dim) => {
    const matrix = randomMatrix(count, dim, count + dim)
    await withIndex(matrix, async (index) => {
      expect(index).toMatchObject({ count, dim })
      for (const k of new Set([1, Math.min(20, count), Math.min(count, 300)])) {
        await expectRanking(index, matrix, randomQueries(1, dim, k), k)
        await expectRanking(
          index,
          matrix,
          randomQueries(4, dim, k + 1),
          k,
          mask(count, (item) => item % 3 === 0),
        )
      }
    })
  })

  test('ranks 100,000 × 128', async () => {
    const matrix = randomMatrix(100_000, 128, 3, 1000)
    await withIndex(matrix, (index) => expectRanking(index, matrix, randomQueries(5, 128, 4), 20))
  })

  test('no items: every k is refused', async () => {
    const matrix = randomMatrix(0, 4, 1)
    const refused = withIndex(matrix, (index) => index.topK(new Float32Array(4), 1))
    await expect(refused).rejects.toMatchObject({ code: 'invalid-argument' })
  })

  test.each([0, 1, 2, 3, 4, 7, 8, 9, 17])('%i queries at once', async (queryCount) => {
    const matrix = randomMatrix(700, 24, 5)
    await withIndex(matrix, (index) => expectRanking(index, matrix, randomQueries(queryCount, 24, 6), 10))
  })

  test('proposes rows for a ranking by 16 bits, which is float64 too', async () => {
    const dim = 48
    const matrix = fineMatrix(3000, dim, 21)
    // Alike in their 8 bits: by these alone the first of them would stay.
    for (let i = 100; i < 900; i++) matrix.vectors.copyWithin(i * dim, 0, dim)
    matrix.scales.fill(matrix.scales[0]!, 100, 900)
    const queries = randomQueries(3, dim, 22)
    for (let j = 0; j < dim; j++) queries[dim + j] = matrix.vectors[j]! / 200
    const excluded = mask(3000, (item) => item % 7 === 0)
    await withIndex(matrix, async (index) => {
      const refined = new RefinedIndex(index, matrix)
      expect(refined.backend).toBe(index.backend)
      const found = await refined.topK(queries, 20, excluded)
      for (const [q, top] of found.entries()) expectExact(matrix, queries.subarray(q * dim, (q + 1) * dim), 20, top, excluded)
      expect(bits(found)).toEqual(bits(await new RefinedIndex(new JsIndex(matrix), matrix).topK(queries, 20, excluded)))
    })
  })

  test('k up to all items, more than a list in memory holds', async () => {
    const matrix = randomMatrix(12_000, 3, 8)
    await withIndex(matrix, async (index) => {
      for (const k of [999, 6000, 12_000]) await expectRanking(index, matrix, randomQueries(2, 3, k), k)
    })
  })

  test('masks: none, all, all but one, one window and not the next', async () => {
    const matrix = randomMatrix(9000, 8, 9)
    await withIndex(matrix, async (index) => {
      for (const isExcluded of [
        () => false,
        () => true,
        (item: number) => item !== 8999,
        (item: number) => item < 8192,
        (item: number) => item >= 8192,
      ])
        await expectRanking(index, matrix, randomQueries(5, 8, 10), 7, mask(9000, isExcluded))
      // A mask is forgotten with its request.
      await expectRanking(index, matrix, randomQueries(5, 8, 10), 7)
    })
  })

  test('rows of zeros, a query of zeros, thousands of equal rows: ties in item order', async () => {
    const matrix = randomMatrix(5000, 16, 11)
    for (let i = 0; i < 4000; i++) matrix.vectors.copyWithin(i * 16, 0, 16)
    matrix.scales.fill(matrix.scales[0]!, 0, 4000)
    matrix.vectors.fill(0, 4500 * 16)
    const queries = randomQueries(5, 16, 12)
    queries.fill(0, 16, 32)
    for (let j = 0; j < 16; j++) queries[32 + j] = matrix.vectors[j]! / 200
    await withIndex(matrix, (index) => expectRanking(index, matrix, queries, 20))
  })

  test('rows that come in order of score, worst first, and differ by the least there is', async () => {
    const dim = 20
    const matrix = randomMatrix(3000, dim, 13)
    for (let i = 0; i < 3000; i++)
      for (let j = 0; j < dim; j++) matrix.vectors[i * dim + j] = Math.floor(i / 24) + (j < i % 24 ? 1 : 0) - 60
    matrix.scales.fill(0.01)
    await withIndex(matrix, (index) => expectRanking(index, matrix, new Float32Array(4 * dim).fill(0.3), 20))
  })

  test.each([17, 128, 384, 1000])('the ends of int8 in %i dimensions, where sums leave int16', async (dim) => {
    const random = seededRandom(dim)
    const matrix = randomMatrix(400, dim, dim)
    const ends = [-128, 127, 0, -1]
    for (let i = 0; i < 400; i++) {
      const pick = () => ends[Math.floor(random() * 4)]!
      const all = pick()
      for (let j = 0; j < dim; j++) matrix.vectors[i * dim + j] = i % 2 ? all : pick()
    }
    const queries = randomQueries(4, dim, dim)
    queries.fill(1, 0, dim)
    queries.fill(-1, dim, 2 * dim)
    await withIndex(matrix, (index) => expectRanking(index, matrix, queries, 20))
  })

  test.each([1e-45, 1e-38, 1e-20, 1, 1e15])('scales of any size, and queries about %f long', async (size) => {
    const random = seededRandom(7)
    const matrix = randomMatrix(600, 16, 14)
    const { scales } = matrix
    for (let i = 0; i < 600; i++) scales[i] = i % 7 ? 10 ** (random() * 56 - 40) : 0
    const queries = randomQueries(4, 16, 15).map((value) => value * size)
    await withIndex(matrix, (index) => expectRanking(index, matrix, queries, 20))
  })

  test('values of every size in one query, where a sum depends on the order of its terms', async () => {
    const random = seededRandom(20)
    const matrix = randomMatrix(500, 23, 20)
    for (let i = 0; i < 500; i++) for (let j = 1; j < 23; j += 2) matrix.vectors[i * 23 + j] = -matrix.vectors[i * 23 + j - 1]!
    const queries = new Float32Array(4 * 23)
    // Pairs that cancel, of 1e17 and of 1: what is left in the end is what rounding made of it.
    for (let at = 0; at < queries.length; at++)
      queries[at] = Math.floor(at / 4) % 2 ? random() : 1e17 * Math.fround(1 + ((at % 23) >> 2) / 8)
    await withIndex(matrix, (index) => expectRanking(index, matrix, queries, 20))
  })

  test('concurrent calls', async () => {
    const matrix = randomMatrix(1000, 12, 16)
    await withIndex(matrix, (index) =>
      Promise.all([1, 2, 5].map((queryCount) => expectRanking(index, matrix, randomQueries(queryCount, 12, queryCount), 9))),
    )
  })

  test('rows scored on their own score as they do in a ranking', async () => {
    const matrix = randomMatrix(100, 19, 17)
    const query = randomQueries(1, 19, 18)
    await withIndex(matrix, async (index) => {
      const [top] = await index.topK(query, 100)
      const scores = new Float32Array(100)
      index.scoreRows(query, top!.indices, scores)
      expect(scores).toEqual(top!.scores)
    })
  })

  test.each([
    ['queries of another length', new Float32Array(9), 3, 2, /queries has length 9, expected a multiple of dim = 8/],
    ['NaN', new Float32Array(8).fill(Number.NaN, 3), 3, 2, /queries\[3\] is NaN/],
    ['infinity', new Float32Array(8).fill(Number.NEGATIVE_INFINITY, 7), 3, 2, /queries\[7\] is -Infinity/],
    ['k of 0', new Float32Array(8), 0, 2, /k is 0/],
    ['k above the number of items', new Float32Array(8), 51, 2, /k is 51, expected .* 50/],
    ['k of a half', new Float32Array(8), 1.5, 2, /k is 1.5/],
    ['a mask of the wrong length', new Float32Array(8), 3, 3, /excluded has 3 words, expected 2/],
  ])('refuses %s, naming the argument', async (_, queries, k, words, message) => {
    await withIndex(randomMatrix(50, 8, 19), async (index) => {
      const expected = { code: 'invalid-argument', message: expect.stringMatching(message) }
      await expect(index.topK(queries, k, new Uint32Array(words))).rejects.toMatchObject(expected)
    })
  })
})

function mask(count: number, isExcluded: (item: number) => boolean): Uint32Array {
  const words = new Uint32Array(bitsetLength(count))
  for (let item = 0; item < count; item++) if (isExcluded(item)) setBit(words, item)
  return words
}

/** Scores as the bits they are: the same to the last one. */
function bits(found: readonly TopK[]) {
  return found.map(({ indices, scores }) => ({
    indices: [...indices],
    scores: [...new Int32Array(scores.buffer, scores.byteOffset, scores.length)],
  }))
}
