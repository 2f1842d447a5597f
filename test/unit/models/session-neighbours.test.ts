import { describe, expect, it } from 'vitest'
import type { Visit } from '../../../worker/models/recommender'
import { openSessionNeighbours } from '../../../worker/models/session-neighbours'

const SESSIONS = [
  [0, 1, 2],
  [1, 3],
  [4, 0, 3],
  [2, 4],
]
const VSKNN = { itemCount: 6, neighbours: 10, decay: 0, reach: 0, lengthPower: 0, ageDays: 0 }
const STAN = { ...VSKNN, decay: 2, reach: 3, lengthPower: 0.5 }

type Change = { readonly counts?: readonly number[]; readonly days?: readonly number[]; readonly rows?: readonly (readonly number[])[] }

function open(settings: Record<string, number>, { counts, days, rows = SESSIONS }: Change = {}) {
  const flat = rows.flat()
  return openSessionNeighbours({
    model: 'session-neighbours',
    settings,
    tensors: {
      lengths: { shape: [rows.length], data: Uint8Array.from(rows, (row) => row.length) },
      items: { shape: [flat.length], data: Uint16Array.from(flat) },
      counts: { shape: [rows.length], data: Uint16Array.from(counts ?? rows.map(() => 1)) },
      ...(days && { days: { shape: [rows.length], data: Uint16Array.from(days) } }),
    },
  })
}

const visitOf = (items: readonly number[], more: Partial<Visit> = {}): Visit => ({ items: Int32Array.from(items), ...more })

function score(model: ReturnType<typeof open>, visit: Visit): number[] {
  const out = new Float32Array(model.itemCount).fill(9)
  model.score(visit, out)
  return [...out]
}

function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length)
  for (const [at, value] of values.entries()) expect(value).toBeCloseTo(expected[at]!, 6)
}

describe('session neighbours', () => {
  it('is V-SKNN without decay, reach and length: by hand', () => {
    // Visit 1, 0: worth 1/2 and 1. Sessions: 012 has both, the latest in common 0; 13 has 1, one step back; 403 has 0.
    expectClose(score(open(VSKNN), visitOf([1, 0])), [1.5 + 1, 1.5 + 0.45, 1.5, 0.45 + 1, 1, 0])
  })

  it('is STAN with them: by hand', () => {
    const [first, last] = [Math.exp(-1 / 2), 1]
    const near = Math.exp(-1 / 3)
    const a = (first + last) / Math.sqrt(3) // 0 1 2, in common 0 at place 0
    const b = first / Math.sqrt(2) // 1 3, in common 1 at place 0
    const c = last / Math.sqrt(3) // 4 0 3, in common 0 at place 1
    expectClose(score(open(STAN), visitOf([1, 0])), [a + c, a * near + b, a * near ** 2, b * near + c * near, c * near, 0])
  })

  it('asks the nearest only, of equal ones the first', () => {
    expectClose(score(open({ ...VSKNN, neighbours: 1 }), visitOf([1, 0])), [1.5, 1.5, 1.5, 0, 0, 0])
    expectClose(score(open({ ...VSKNN, neighbours: 1 }), visitOf([4])), [1, 0, 0, 1, 1, 0])
  })

  it('counts what n visitors had n times', () => {
    const plain = score(open(VSKNN, { rows: [...SESSIONS, [1, 3], [1, 3]] }), visitOf([1, 0]))
    expectClose(score(open(VSKNN, { counts: [1, 3, 1, 1] }), visitOf([1, 0])), plain)
  })

  it('forgets old sessions where times are known, and only then', () => {
    const model = open({ ...VSKNN, ageDays: 10 }, { days: [100, 110, 110, 110] })
    const now = 110 * 86_400_000
    expectClose(score(model, visitOf([2], { now })), [Math.exp(-1), Math.exp(-1), Math.exp(-1) + 1, 0, 1, 0])
    expectClose(score(model, visitOf([2], { times: Float64Array.of(now) })), [Math.exp(-1), Math.exp(-1), Math.exp(-1) + 1, 0, 1, 0])
    expectClose(score(model, visitOf([2])), [1, 1, 2, 0, 1, 0])
  })

  it('looks at the current session, at the latest of an item seen twice, and at weights', () => {
    const model = open(VSKNN)
    expect(score(model, visitOf([4, 2, 1, 0], { sessionStart: 2 }))).toEqual(score(model, visitOf([1, 0])))
    expectClose(score(model, visitOf([0, 3, 0])), score(model, visitOf([5, 3, 0])))
    expectClose(score(model, visitOf([1], { weights: Float32Array.of(2) })), [2, 4, 2, 2, 0, 0])
  })

  it('counts a neighbour nothing whose latest item in common lies ten steps back', () => {
    const later = Array.from({ length: 10 }, () => 5)
    expect(score(open(VSKNN), visitOf([0, ...later.slice(1)]))[1]).toBeGreaterThan(0)
    expect(score(open(VSKNN), visitOf([0, ...later]))[1]).toBe(0)
  })

  it('scores 0 for an empty visit and for an unknown item, whatever was asked before', () => {
    const model = open(STAN)
    score(model, visitOf([0, 1, 2, 3, 4]))
    expect(score(model, visitOf([]))).toEqual([0, 0, 0, 0, 0, 0])
    expect(score(model, visitOf([5]))).toEqual([0, 0, 0, 0, 0, 0])
  })

  it.each([VSKNN, STAN])('explains a score by its parts, which sum to it', (settings) => {
    const model = open(settings)
    const visit = visitOf([1, 0, 2, 1])
    for (const item of [0, 1, 2, 3, 4, 5]) {
      const parts = new Float32Array(4).fill(9)
      model.explain(visit, item, parts)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(score(model, visit)[item]!, 5)
      expect(parts[0]).toBe(0) // the same item came again
    }
  })

  it('refuses tensors that do not fit', () => {
    expect(() => open(VSKNN, { rows: [[0, 6]] })).toThrow('names row 6 of 6')
    expect(() => open(VSKNN, { counts: [1] })).toThrow('"counts"')
    expect(() => open(VSKNN, { days: [1] })).toThrow('"days"')
    expect(() => open({})).toThrow('"itemCount"')
  })
})
