import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVENT_NAMES, type EventName, type EventParams, type IncomingEvent, type StoredEvent } from '../../../src/shared/events'
import { SESSION_GAP_MS } from '../../../src/shared/limits'
import { type Checkpoint, EMPTY_CHECKPOINT } from '../../../worker/history/checkpoint'
import { MAX_RECENT, MAX_TRANSACTIONS } from '../../../worker/history/draft'
import { type Intake, intake } from '../../../worker/history/intake'
import { rebuild } from '../../../worker/history/rebuild'
import { DAY, eventMaker, MINUTE, NOW, views } from './make-event'

function take(
  events: readonly IncomingEvent[],
  from = EMPTY_CHECKPOINT,
  stored: readonly StoredEvent[] = [],
  replayed = false,
  now = NOW,
): Intake {
  const arrivals = events.map((event) => ({ event, replayed }))
  return intake(from, arrivals, { now, maxAgeMs: 180 * DAY, outcome: 'stored', stored })
}

const reasons = ({ receipts }: Intake) => receipts.map(({ outcome, reason }) => reason ?? outcome)
const item = (item_id: string, more: object = {}) => ({ items: [{ item_id, ...more }] })

describe('duplicates', () => {
  it.each<[string, EventName, EventParams, EventName, EventParams, number, string]>([
    ['the same within a second', 'view_item', item('a'), 'view_item', item('a'), 999, 'duplicate-event'],
    ['the same a second later', 'view_item', item('a'), 'view_item', item('a'), 1_000, 'stored'],
    ['another item', 'view_item', item('a'), 'view_item', item('b'), 0, 'stored'],
    ['another name', 'view_item', item('a'), 'select_item', item('a'), 0, 'stored'],
    ['another quantity', 'add_to_cart', item('a', { quantity: 1 }), 'add_to_cart', item('a', { quantity: 2 }), 100, 'stored'],
    ['another search', 'search', { search_term: 'a' }, 'search', { search_term: 'b' }, 10, 'stored'],
    ['another rating', 'rate', { rating: 4, ...item('a') }, 'rate', { rating: 5, ...item('a') }, 10, 'stored'],
    ['another price alone', 'view_item', item('a', { price: 1 }), 'view_item', item('a'), 10, 'duplicate-event'],
    ['one transaction', 'purchase', { transaction_id: 'T' }, 'purchase', { transaction_id: 'T' }, DAY, 'duplicate-transaction'],
    ['another transaction', 'purchase', { transaction_id: 'T' }, 'purchase', { transaction_id: 'U' }, 10, 'stored'],
    ['its refund', 'purchase', { transaction_id: 'T' }, 'refund', { transaction_id: 'T' }, 10, 'stored'],
  ])('%s', (_, firstName, first, secondName, second, gapMs, expected) => {
    const make = eventMaker()
    expect(reasons(take([make(NOW - gapMs, firstName, first), make(NOW, secondName, second)]))).toEqual(['stored', expected])
  })

  it('are compared with what was kept, so that a stream of them does not go on for ever', () => {
    const make = eventMaker()
    const events = [0, 600, 1_200, 1_800].map((ms) => make(NOW - 2_000 + ms, 'view_item', item('a')))
    expect(reasons(take(events))).toEqual(['stored', 'duplicate-event', 'stored', 'duplicate-event'])
  })

  it('keep bounded lists of what was', () => {
    const make = eventMaker()
    const events = Array.from({ length: 300 }, (_, index) => make(NOW - DAY + index * 5_000, 'purchase', { transaction_id: `T${index}` }))
    const { checkpoint } = take(events)
    expect(checkpoint.transactions).toHaveLength(MAX_TRANSACTIONS)
    expect(checkpoint.transactions.at(-1)).toBe('purchase:T299')
    expect(checkpoint.recent).toHaveLength(MAX_RECENT)
  })
})

describe('sessions', () => {
  const sessionsOf = (times: readonly number[], from = EMPTY_CHECKPOINT, now = NOW) => {
    const make = eventMaker()
    return take(
      times.map((time, index) => make(time, 'view_item', item(`${index}`))),
      from,
      [],
      false,
      now,
    )
  }

  it('open after thirty minutes without an event', () => {
    const start = NOW - DAY
    const { kept, checkpoint } = sessionsOf([start, start + SESSION_GAP_MS - 1, start + 2 * SESSION_GAP_MS - 1, start + 2 * SESSION_GAP_MS])
    expect(kept.map(({ session }) => session)).toEqual([1, 1, 2, 2])
    expect(checkpoint.sessions).toBe(2)
  })

  it('take late events in, and none opens or closes one', () => {
    const { kept, checkpoint } = sessionsOf([NOW - MINUTE, NOW - 5 * DAY, NOW])
    expect(kept.map(({ session }) => session)).toEqual([1, 1, 1])
    expect(checkpoint).toMatchObject({ firstTime: NOW - 5 * DAY, lastTime: NOW })
  })

  it('go on when the clock was set back a little, and open one, once, when by more', () => {
    const { checkpoint } = sessionsOf([NOW])
    const little = sessionsOf([NOW - 10 * MINUTE, NOW - 9 * MINUTE], checkpoint, NOW - 9 * MINUTE)
    expect(little.kept.map(({ session }) => session)).toEqual([1, 1])
    const year = NOW - 365 * DAY
    const much = sessionsOf([year - MINUTE, year, year], checkpoint, year)
    expect(much.kept.map(({ session }) => session)).toEqual([2, 2, 2])
    const later = sessionsOf([year + SESSION_GAP_MS], much.checkpoint, year + SESSION_GAP_MS)
    expect(later.kept.map(({ session }) => session)).toEqual([3])
  })

  it('of a clock set back leave no interest dated in the future', () => {
    const { checkpoint } = sessionsOf([NOW])
    const year = NOW - 365 * DAY
    const back = sessionsOf([year], checkpoint, year)
    expect(back.checkpoint.touches).toMatchObject([{ id: '0', time: year, weight: 2, views: 2 }])
  })
})

describe('the checkpoint', () => {
  it('is not changed in place', () => {
    const first = take(views(5)).checkpoint
    const copy = structuredClone(first)
    take(views(5, NOW, 2_000, 'w'), first)
    expect(first).toEqual(copy)
  })

  it('is what a rebuild from the events gives, drop counts aside', () => {
    const make = eventMaker()
    const { checkpoint, kept } = take([
      ...views(30, NOW - DAY),
      make(NOW - MINUTE, 'purchase', { transaction_id: 'T', ...item('sku-3') }),
      make(NOW, 'refund', { transaction_id: 'T', ...item('sku-3') }),
    ])
    expect(rebuild(kept)).toEqual({ ...checkpoint, dropped: {} })
  })

  it('forgets touches that are too old', () => {
    const { checkpoint } = take(views(2, NOW - 100 * DAY))
    expect(take(views(1, NOW + 81 * DAY, 0, 'w'), checkpoint, [], false, NOW + 81 * DAY).checkpoint.touches).toHaveLength(1)
  })

  it('takes replays of what made room for expired, and fresh events never', () => {
    const events = views(3)
    const from: Checkpoint = { ...EMPTY_CHECKPOINT, floor: events[1]!.id }
    expect(reasons(take(events, from, [], true))).toEqual(['expired', 'expired', 'stored'])
    expect(reasons(take(events, from))).toEqual(['stored', 'stored', 'stored'])
  })
})

/** Events in any order of time, many of them alike, some not events at all. */
const history = fc
  .array(
    fc.record({
      ago: fc.oneof(fc.integer({ min: -10_000, max: 5_000 }), fc.integer({ min: 0, max: 200 * DAY })),
      name: fc.constantFrom(...EVENT_NAMES),
      ids: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }),
      transaction: fc.option(fc.constantFrom('T1', 'T2', 'T3'), { nil: undefined }),
      garbage: fc.boolean(),
      rating: fc.double({ min: -1, max: 7 }),
    }),
    { maxLength: 60 },
  )
  .map((plans): IncomingEvent[] => {
    const make = eventMaker()
    return plans.map(({ ago, name, ids, transaction, garbage, rating }, index) =>
      make(NOW - ago, name, {
        items: ids.map((item_id) => ({ item_id, ...(garbage ? { price: -1 } : {}) })),
        rating,
        ...(transaction ? { transaction_id: transaction } : {}),
        ...(garbage && index % 3 === 0 ? { nonsense: 1 } : {}),
      }),
    )
  })

describe('any history', () => {
  it('leads to the same in one batch or in many', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 10 }), (events, size) => {
        const whole = take(events)
        let checkpoint = EMPTY_CHECKPOINT
        const kept: StoredEvent[] = []
        for (let start = 0; start < events.length; start += size) {
          const part = take(events.slice(start, start + size), checkpoint)
          checkpoint = part.checkpoint
          kept.push(...part.kept)
        }
        expect(kept).toEqual(whole.kept)
        expect(checkpoint).toEqual(whole.checkpoint)
      }),
      { numRuns: 300, seed: 11 },
    )
  })

  it('gains nothing when any part of it is replayed, in the same batch or later', () => {
    fc.assert(
      fc.property(history, fc.nat(60), fc.boolean(), (events, length, isSameBatch) => {
        const part = events.slice(0, length)
        const first = take(events)
        const again = take(part, first.checkpoint, first.kept, true)
        const { dropped: _first, ...before } = first.checkpoint
        const { dropped: _again, ...after } = again.checkpoint
        expect(again.kept).toEqual([])
        expect(after).toEqual(before)
        if (isSameBatch) expect(take([...events, ...events]).kept.map(({ id }) => id)).toEqual(first.kept.map(({ id }) => id))
      }),
      { numRuns: 300, seed: 12 },
    )
  })

  it('keeps each id once, and gives each event its receipt', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { kept, receipts, checkpoint } = take(events)
        expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length)
        expect(receipts.map(({ id }) => id)).toEqual(events.map(({ id }) => id))
        expect(receipts.filter(({ outcome }) => outcome === 'stored')).toHaveLength(kept.length)
        expect(checkpoint.count).toBe(kept.length)
        expect(Object.values(checkpoint.counts).reduce((sum, value) => sum + value, 0)).toBe(kept.length)
      }),
      { numRuns: 200, seed: 13 },
    )
  })
})
