import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVENT_NAMES } from '../../../../src/shared/events'
import { bucketsOf, groupsOf } from '../../../../src/shared/signals/metric-buckets'
import type { Metric } from '../../../../src/shared/signals/signal-plan'
import { measure } from '../../../../worker/signals/measure/measure'
import { splitHistory } from '../../../../worker/signals/measure/split-history'
import { type Deed, EPOCH, factsOf, items, MONDAY, seededRandom, stored, WEEK } from './facts-of'

const ONE_OF_EACH: readonly Metric[] = [
  { name: 'interest', counts: 'interest', categories: ['Boots', 'Hats'] },
  { name: 'viewed', counts: 'item', event: 'viewed', items: ['a', 'b'] },
  { name: 'carted', counts: 'item', event: 'carted', items: ['a', 'b'] },
  { name: 'bought', counts: 'item', event: 'bought', items: ['a', 'b'] },
  { name: 'stage', counts: 'segment', by: 'stage' },
  { name: 'frequency', counts: 'segment', by: 'frequency' },
  { name: 'recency', counts: 'segment', by: 'recency' },
  { name: 'funnel', counts: 'funnel' },
  { name: 'shelf', counts: 'shelf', slot: 'home' },
  { name: 'campaign', counts: 'campaign', promotion: 'summer' },
  { name: 'amount', counts: 'amount', of: 'spent', currency: 'EUR', bands: [10, 20] },
  { name: 'mean', counts: 'mean', of: 'basket', currency: 'EUR', most: 100 },
  { name: 'rank', counts: 'rank' },
  { name: 'latency', counts: 'latency', bands: [50] },
  { name: 'backend', counts: 'backend' },
  { name: 'errors', counts: 'errors' },
  { name: 'experiment', counts: 'experiment', variants: ['a', 'b'], goal: 'bought' },
  { name: 'ranker', counts: 'ranker', features: ['seen'] },
]

const NOTHING: Readonly<Record<string, string>> = {
  shelf: 'not shown',
  campaign: 'not shown',
  amount: 'nothing',
  mean: 'low',
  rank: 'nothing clicked',
  latency: 'not measured',
  experiment: 'no',
}

describe('there is always an answer', () => {
  it.each(ONE_OF_EACH.filter(({ counts }) => counts !== 'ranker'))('of an empty history: $name', (metric) => {
    expect(bucketsOf(metric)[measure(metric, 0, factsOf([]))]).toBe(NOTHING[metric.name] ?? 'none')
  })

  it('of any history, and it is a bucket', () => {
    const item = fc.record(
      {
        item_id: fc.constantFrom('a', 'b', 'c'),
        item_category: fc.constantFrom('Boots', 'Socks'),
        item_list_id: fc.constantFrom('home', 'cart'),
        index: fc.double({ min: 0, max: 1e5, noNaN: true }),
        price: fc.double({ min: 0, max: 1e9, noNaN: true }),
        quantity: fc.integer({ min: 1, max: 100_000 }),
      },
      { requiredKeys: ['item_id'] },
    )
    const params = fc.record(
      {
        items: fc.array(item, { maxLength: 3, minLength: 1 }),
        item_list_id: fc.constantFrom('home', 'cart'),
        promotion_id: fc.constant('summer'),
        transaction_id: fc.constantFrom('t', 'u'),
        value: fc.double({ min: 0, max: 1e9, noNaN: true }),
        currency: fc.constantFrom('EUR', 'USD'),
        rating: fc.integer({ min: 1, max: 5 }),
      },
      { requiredKeys: [] },
    )
    const deed = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.constantFrom(...EVENT_NAMES),
      params,
      fc.integer({ min: 1, max: 9 }),
    )
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 20 }), (deeds) => {
        const facts = factsOf(deeds)
        for (const metric of ONE_OF_EACH) {
          const bucket = measure(metric, groupsOf(metric).length - 1, facts)
          expect(Number.isInteger(bucket) && bucket >= 0 && bucket < bucketsOf(metric).length).toBe(true)
        }
      }),
      { numRuns: 300, seed: 11 },
    )
  })

  it('and it draws as often, whatever the history holds', () => {
    const rich: Deed[] = [
      [1, 'purchase', { value: 30, currency: 'EUR' }],
      [2, 'view_item', items('a')],
    ]
    for (const metric of ONE_OF_EACH) {
      const drawn = [[], rich].map((deeds) => {
        const random = seededRandom(9)
        measure(metric, 0, factsOf(deeds, { random }))
        return random.below(2 ** 32)
      })
      expect(drawn[0], metric.name).toBe(drawn[1])
    }
  })
})

describe('one epoch of a history', () => {
  const at = (time: number, name: 'page_view' | 'purchase' = 'page_view') => ({ id: `e${time}`, name, time, session: 1 })

  it('begins on Monday at midnight UTC and ends before the next', () => {
    const { events, earlier } = splitHistory([at(MONDAY - 1), at(MONDAY), at(MONDAY + WEEK - 1), at(MONDAY + WEEK)], EPOCH)
    expect(events.map(({ time }) => time - MONDAY)).toEqual([0, WEEK - 1])
    expect(earlier).toEqual({ lastEpoch: EPOCH - 1, boughtEpochs: 0 })
  })

  it('puts events in order, whatever order they came in, and leaves the future aside', () => {
    const events = stored([
      [5, 'page_view'],
      [1, 'page_view'],
      [900, 'purchase'],
    ])
    const split = splitHistory(events, EPOCH)
    expect(split.events.map(({ id }) => id)).toEqual(['e1', 'e0'])
    expect(split.earlier).toEqual({ boughtEpochs: 0 })
  })

  it('counts epochs with purchases, not purchases', () => {
    const { earlier } = splitHistory([at(MONDAY - 1, 'purchase'), at(MONDAY - 2, 'purchase'), at(MONDAY - 3 * WEEK, 'purchase')], EPOCH)
    expect(earlier).toEqual({ lastEpoch: EPOCH - 1, boughtEpochs: 2 })
  })

  it('of a clock that was set back tells of what it says: a visit of next year is none before this one', () => {
    expect(splitHistory([at(MONDAY + 52 * WEEK), at(MONDAY)], EPOCH).earlier.lastEpoch).toBeUndefined()
  })
})
