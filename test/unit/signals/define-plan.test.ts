import { describe, expect, it } from 'vitest'
import { shopPlan, wideShopPlan } from '../../../src/shared/signals/default-plan'
import { definePlan } from '../../../src/shared/signals/define-plan'
import { costOf } from '../../../src/shared/signals/metric-design'
import { EPOCH_BUDGET } from '../../../src/shared/signals/privacy-budget'
import { readPlan } from '../../../src/shared/signals/read-plan'
import type { Metric, MetricKind } from '../../../src/shared/signals/signal-plan'

/** What section 2 of the specification wants to be expressible, each as a metric. */
const WANTED: Readonly<Record<string, readonly Metric[]>> = {
  'categories of interest': [{ name: 'm', counts: 'interest', categories: ['Boots', 'Hats'] }],
  'which of a published list was most viewed, carted or bought': [
    { name: 'viewed', counts: 'item', event: 'viewed', items: ['sku-1'] },
    { name: 'carted', counts: 'item', event: 'carted', items: ['sku-1'] },
    { name: 'bought', counts: 'item', event: 'bought', items: ['sku-1'] },
  ],
  segments: [
    { name: 'stage', counts: 'segment', by: 'stage' },
    { name: 'frequency', counts: 'segment', by: 'frequency' },
    { name: 'recency', counts: 'segment', by: 'recency' },
  ],
  'the funnel': [{ name: 'm', counts: 'funnel' }],
  'shelf outcome': [{ name: 'm', counts: 'shelf', slot: 'home' }],
  'campaign outcome': [{ name: 'm', counts: 'campaign', promotion: 'summer' }],
  'basket value by band': [{ name: 'm', counts: 'amount', of: 'basket', currency: 'EUR', bands: [20, 50] }],
  'amounts as one bit': [{ name: 'm', counts: 'mean', of: 'spent', currency: 'EUR', most: 200 }],
  'rank of what was clicked, by band': [
    { name: 'all', counts: 'rank' },
    { name: 'home', counts: 'rank', slot: 'home' },
  ],
  'latency bands': [{ name: 'm', counts: 'latency', bands: [50, 100] }],
  'backend bands': [{ name: 'm', counts: 'backend' }],
  'error bands': [{ name: 'm', counts: 'errors' }],
  experiments: [{ name: 'm', counts: 'experiment', variants: ['a', 'b'], goal: 'bought' }],
  'the ranker, one coordinate at a time': [{ name: 'm', counts: 'ranker', features: ['seen', 'agreement'] }],
}
const EVERY_KIND: Readonly<Record<MetricKind, true>> = {
  ...{ interest: true, item: true, segment: true, funnel: true, shelf: true, campaign: true, amount: true, mean: true, rank: true },
  ...{ latency: true, backend: true, errors: true, experiment: true, ranker: true },
}

describe('definePlan', () => {
  it.each(Object.entries(WANTED))('can ask for %s', (_, metrics) => {
    expect(definePlan({ purpose: 'To see.', metrics })).toEqual({ sottoPlan: 1, purpose: 'To see.', metrics })
  })

  it('can ask for all kinds that there are', () => {
    const asked = new Set(Object.values(WANTED).flatMap((metrics) => metrics.map(({ counts }) => counts)))
    expect([...asked].sort()).toEqual(Object.keys(EVERY_KIND).sort())
  })

  it('refuses what types cannot tell', () => {
    const bands = { name: 'm', counts: 'latency', bands: [100, 50] } as const
    expect(() => definePlan({ purpose: 'To see.', metrics: [bands] })).toThrow('metrics[0].bands[1] must be a number above 100')
  })
})

describe('plans for shops', () => {
  it('begin with two metrics, which one week can pay for', () => {
    const { metrics, mode, participation } = shopPlan({ categories: ['Boots', 'Hats'] })
    expect(metrics).toEqual([
      { name: 'funnel', counts: 'funnel' },
      { name: 'interest', counts: 'interest', categories: ['Boots', 'Hats'] },
    ])
    expect(metrics.reduce((sum, metric) => sum + costOf(metric), 0)).toBe(EPOCH_BUDGET)
    expect({ mode, participation }).toEqual({ mode: undefined, participation: 0.25 })
  })

  it('take what the shop says', () => {
    const plan = shopPlan({ categories: ['Boots'], purpose: 'Why not.', epsilon: 0.5, participation: 1, firstSession: 0 })
    expect(plan).toMatchObject({ purpose: 'Why not.', participation: 1, firstSession: 0, metrics: [{ epsilon: 0.5 }, { epsilon: 0.5 }] })
    expect(() => shopPlan({ categories: ['Boots', 'Pregnancy tests'] })).toThrow('metrics[1].categories[1]')
  })

  it('with two operators ask for more, of which a week can pay for two', () => {
    const tasks = Array.from({ length: 10 }, (_, at) => `${at}`.padEnd(43, 'A'))
    const dap = { leader: 'https://leader.example', helper: 'https://helper.example', tasks, timePrecision: 3600 }
    const shop = { categories: ['Boots'], slots: ['home', 'cart'], promotions: ['summer'], currency: 'EUR', baskets: [20, 50], dap }
    const plan = wideShopPlan(shop)
    expect(readPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan)
    expect(plan.metrics.map(({ name }) => name)).toEqual([
      ...['funnel', 'interest', 'stage', 'basket', 'rank', 'speed', 'errors', 'shelf-1', 'shelf-2', 'promotion-1'],
    ])
    expect(new Set(plan.metrics.map(costOf))).toEqual(new Set([EPOCH_BUDGET / 2]))
    expect(new Set(wideShopPlan({ ...shop, epsilon: 0.25 }).metrics.map(costOf))).toEqual(new Set([EPOCH_BUDGET / 8]))
    expect(() => wideShopPlan({ ...shop, slots: [] })).toThrow('dap.tasks must be one a metric, 8; got a list of 10')
  })
})
