import { describe, expect, test } from 'vitest'
import { bitsetLength, hasBit, setBit } from '../../../../worker/compute/bitset'
import { confirmProposals, errorBound, type Proposals, type Question } from '../../../../worker/compute/gpu/confirm-proposals'
import { EMPTY } from '../../../../worker/compute/gpu/scan-shader'
import { JsIndex } from '../../../../worker/compute/js-index'
import { norm } from '../../../../worker/compute/row-vectors'
import type { VectorMatrix } from '../../../../worker/compute/vector-index'
import { randomMatrix, randomQueries, referenceScores, seededRandom } from '../../../support/reference-top-k'

const GROUP_ROWS = 50

/** What a device may answer: each score off by a random part of the bound, then the best `keep` of each 50 rows, best first. */
function propose({ matrix, query, unit, excluded }: Question, keep: number, random: () => number): Proposals {
  const bound = errorBound(matrix.dim)
  const noisy = referenceScores(matrix, query).map((score) => Math.fround(score / unit + (2 * random() - 1) * 0.9 * bound))
  const groupCount = Math.ceil(matrix.count / GROUP_ROWS)
  const scores = new Float32Array(2 * groupCount * keep).fill(EMPTY)
  const rows = new Uint32Array(scores.buffer)
  for (let group = 0; group < groupCount; group++) {
    const inGroup = noisy.map((_, i) => i).filter((i) => Math.floor(i / GROUP_ROWS) === group && !(excluded && hasBit(excluded, i)))
    inGroup.sort((a, b) => noisy[b]! - noisy[a]!)
    for (const [slot, row] of inGroup.slice(0, keep).entries()) {
      scores[2 * (group * keep + slot)] = noisy[row]!
      rows[2 * (group * keep + slot) + 1] = row
    }
  }
  return { keep, scores, rows, isWhole: keep >= GROUP_ROWS }
}

function longest({ count, dim, vectors, scales }: VectorMatrix): number {
  return Math.max(
    ...Array.from({ length: count }, (_, i) => norm(Float32Array.from(vectors.subarray(i * dim, (i + 1) * dim))) * scales[i]!),
  )
}

function question(matrix: VectorMatrix, query: Float32Array, k: number, excluded?: Uint32Array): Question {
  return { matrix, query, k, excluded, unit: norm(query) * longest(matrix) }
}

describe('confirmProposals', () => {
  const matrix = randomMatrix(400, 24, 3, 7)
  const query = randomQueries(1, 24, 8)

  test.each([
    [1, 8],
    [8, 16],
    [30, 16],
    [30, 50],
    [400, 50],
  ])('%i of what groups of %i propose are the best, bit for bit', async (k, keep) => {
    const excluded = new Uint32Array(bitsetLength(400))
    for (let i = 0; i < 400; i += 3) setBit(excluded, i)
    for (const mask of [undefined, excluded]) {
      const [expected] = await new JsIndex(matrix).topK(query, k, mask)
      const asked = question(matrix, query, k, mask)
      expect(confirmProposals(asked, propose(asked, keep, seededRandom(k)))).toEqual(expected)
    }
  })

  test('it never confirms a wrong ranking: near ties, duplicates, zeros, scores that overflow or vanish', async () => {
    const random = seededRandom(77)
    let confirmed = 0
    let refused = 0
    for (let round = 0; round < 300; round++) {
      const near = randomMatrix(200, 8, round, 1 + Math.floor(random() * 4))
      const size = [1, 1, 1e-40, 1e38, 1e-30][round % 5]!
      if (round % 3 === 0) for (let i = 0; i < 200; i++) near.scales[i] = near.scales[i]! * (1 + (random() < 0.5 ? 1e-7 : 0))
      if (round % 7 === 0) near.vectors.fill(0, 0, 8 * Math.floor(random() * 200))
      if (round % 11 === 0) for (let i = 0; i < 200; i++) near.scales[i] = [3e38, 1e-40][round % 2]!
      const asked = question(
        near,
        randomQueries(1, 8, round + 1).map((value) => value * size),
        1 + Math.floor(random() * 40),
      )
      const top = confirmProposals(asked, propose(asked, [4, 16, 50][round % 3]!, random))
      if (!top) refused++
      else {
        confirmed++
        expect(top).toEqual((await new JsIndex(near).topK(asked.query, asked.k))[0])
      }
    }
    // Both happen, or nothing was shown.
    expect(confirmed).toBeGreaterThan(50)
    expect(refused).toBeGreaterThan(20)
  })

  test('a group whose last is not clearly below may have left out more', () => {
    const asked = question(matrix, query, 20)
    expect(confirmProposals(asked, propose(asked, 2, seededRandom(1)))).toBeUndefined()
  })

  test('fewer left than asked for are all of them, if no group was full', async () => {
    const excluded = new Uint32Array(bitsetLength(400)).fill(0xffffffff)
    excluded[1] = 0xffff00ff
    const asked = question(matrix, query, 20, excluded)
    expect(confirmProposals(asked, propose(asked, 16, seededRandom(1)))).toEqual((await new JsIndex(matrix).topK(query, 20, excluded))[0])
    expect(confirmProposals(asked, propose(asked, 4, seededRandom(1)))).toBeUndefined()
  })

  test.each<[string, (proposals: Proposals) => void]>([
    ['a score too high', ({ scores }) => scores.set([scores[0]! + 1e-3], 0)],
    ['a score too low', ({ scores }) => scores.set([scores[0]! - 1e-4], 0)],
    ['a score that is none', ({ scores }) => scores.set([Number.NaN], 0)],
    ['a row twice', ({ rows }) => rows.copyWithin(2, 0, 2)],
    ['a row beyond the last', ({ rows }) => rows.set([400], 1)],
    ['zeros throughout', ({ rows }) => rows.fill(0)],
  ])('refuses %s', (_, spoil) => {
    const asked = question(matrix, query, 40)
    const proposals = propose(asked, 50, seededRandom(1))
    confirmProposals(asked, proposals)
    spoil(proposals)
    expect(() => confirmProposals(asked, proposals)).toThrow(/^the GPU cannot score: /)
  })

  test('refuses an excluded row', () => {
    const asked = question(matrix, query, 40)
    const proposals = propose(asked, 50, seededRandom(1))
    const excluded = new Uint32Array(bitsetLength(400)).fill(0xffffffff)
    expect(() => confirmProposals({ ...asked, excluded }, proposals)).toThrow(/one that it should not/)
  })
})
