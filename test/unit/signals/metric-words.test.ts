import { describe, expect, it } from 'vitest'
import { designOf } from '../../../src/shared/signals/metric-design'
import { titleOf, wordsOf } from '../../../src/shared/signals/metric-words'
import type { Metric } from '../../../src/shared/signals/signal-plan'
import { chancesOf } from '../../../src/shared/signals/subset-selection'

const METRICS: readonly Metric[] = [
  { name: 'a', counts: 'interest', categories: ['Boots'] },
  { name: 'b', counts: 'item', event: 'carted', items: ['sku-1'] },
  { name: 'c', counts: 'segment', by: 'stage' },
  { name: 'd', counts: 'segment', by: 'frequency' },
  { name: 'e', counts: 'segment', by: 'recency' },
  { name: 'f', counts: 'funnel' },
  { name: 'g', counts: 'shelf', slot: 'home' },
  { name: 'h', counts: 'campaign', promotion: 'summer' },
  { name: 'i', counts: 'amount', of: 'basket', currency: 'EUR', bands: [10] },
  { name: 'j', counts: 'mean', of: 'spent', currency: 'EUR', most: 200 },
  { name: 'k', counts: 'rank' },
  { name: 'l', counts: 'rank', slot: 'home' },
  { name: 'm', counts: 'latency', bands: [50] },
  { name: 'n', counts: 'backend' },
  { name: 'o', counts: 'errors' },
  { name: 'p', counts: 'experiment', variants: ['a', 'b'], goal: 'bought' },
  { name: 'q', counts: 'ranker', features: ['seen'] },
]

describe('titles', () => {
  it('are words of their own for everything that can be counted', () => {
    expect(METRICS.map(titleOf)).toEqual([
      'Category of most interest',
      'Item most often put in a cart',
      'New, returning and loyal visitors',
      'Visits this week',
      'Weeks since the visit before',
      'How far towards a purchase',
      "What became of the shelf 'home'",
      "What became of the promotion 'summer'",
      'Greatest purchase, in EUR',
      'Spent, from 0 (low) to 200 EUR (high)',
      'Place of the first click in a shelf',
      "Place of the first click in the shelf 'home'",
      'Slowest first shelf, in ms',
      'What the device computes with',
      'Pages on which something failed',
      'Of those who saw a variant: who bought',
      'What choices taught the order of shelves, from less (low) to more (high)',
    ])
  })

  it('are those of the plan where it says so', () => {
    expect(titleOf({ name: 'f', counts: 'funnel', title: 'How far people get' })).toBe('How far people get')
  })
})

describe('what a report says', () => {
  const words = (metric: Metric, named: number[], group = 0) => wordsOf(metric, group, named, chancesOf(designOf(metric)))

  it('of one bucket', () => {
    expect(words({ name: 'f', counts: 'funnel' }, [1])).toBe(
      "How far towards a purchase. This is true of you, or it is not: 'viewed'. What is true is named in 40.5 % of reports, what is not in 14.9 %: nobody can tell which it was here.",
    )
  })

  it('of several', () => {
    const interest: Metric = { name: 'i', counts: 'interest', categories: ['Boots', 'Hats', 'Gloves', 'Socks', 'Coats', 'Belts'] }
    expect(words(interest, [1, 7])).toBe(
      "Category of most interest. One of these 2 is true of you, or none is: 'Boots', 'other'. What is true is named in 47.5 % of reports, what is not in 21.8 %: nobody can tell which it was here.",
    )
  })

  it('tells what was drawn', () => {
    const test: Metric = { name: 'p', counts: 'experiment', variants: ['a', 'b'], goal: 'bought' }
    expect(words(test, [1], 1)).toMatch(
      /^Of those who saw a variant: who bought \('b', drawn at random\)\. This is true of you, or it is not: 'yes'\. /,
    )
  })
})
