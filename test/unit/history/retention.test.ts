import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoredEvent } from '../../../src/shared/events'
import { EMPTY_CHECKPOINT } from '../../../worker/history/checkpoint'
import { lookupRanges } from '../../../worker/history/lookup-ranges'
import { excess, withoutEvents } from '../../../worker/history/retention'
import { MINUTE, NOW, views } from './make-event'

describe('excess', () => {
  it.each([
    [0, 100, 0],
    [100, 100, 0],
    [101, 100, 5],
    [105, 100, 5],
    [106, 100, 10],
    [10_001, 10_000, 500],
    [3, 1, 2],
  ])('of %i events where %i may stay is %i', (count, max, expected) => {
    expect(excess(count, max)).toBe(expected)
  })

  it('deletes as many one by one as at once, never all, and leaves no more than the cap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 900 }), (max, added) => {
        let count = 0
        for (let event = 0; event < added; event++) {
          count++
          count -= excess(count, max)
        }
        expect(count).toBe(added - excess(added, max))
        expect(count).toBeGreaterThan(0)
        expect(count).toBeLessThanOrEqual(max)
      }),
      { numRuns: 200, seed: 3 },
    )
  })
})

it('takes events out of the counts, and no more of them', () => {
  const removed: StoredEvent[] = [
    { id: 'a', name: 'view_item', time: 1, session: 1 },
    { id: 'b', name: 'view_item', time: 2, session: 1 },
    { id: 'c', name: 'search', time: 3, session: 1 },
  ]
  const before = { ...EMPTY_CHECKPOINT, count: 7, sessions: 4, counts: { view_item: 5, search: 1 }, firstTime: 1, floor: 'b' }
  expect(withoutEvents(before, removed, 9, 'c')).toEqual({ ...before, count: 4, counts: { view_item: 3 }, firstTime: 9, floor: 'c' })
  expect(withoutEvents(before, [], 9, 'a').floor).toBe('b')
})

it('looks up a second around each event, near ones together, and what has no time nowhere', () => {
  const [first, second, third] = views(3, NOW, 30_000)
  const far = views(1, NOW - 60 * MINUTE)[0]!
  const arrivals = [third!, far, first!, second!].map((event) => ({ event, replayed: true }))
  const ranges = lookupRanges([...arrivals, { event: null as never, replayed: true }, { event: {} as never, replayed: true }])
  expect(ranges).toHaveLength(2)
  for (const { event } of arrivals) expect(ranges.some(({ from, to }) => from <= event.id && event.id < to)).toBe(true)
})
