import { describe, expect, it } from 'vitest'
import { poolCounts, poolMeans } from '../../../../pack/estimates/pool-rounds'
import { publishedSignals } from '../../../../pack/estimates/published-signals'
import { epochStart } from '../../../../src/shared/signals/epoch'
import type { Metric } from '../../../../src/shared/signals/signal-plan'
import { WEEK } from '../../../support/estimates-document'
import { documentOf, madeSignal } from './made-signals'

const NOW = epochStart(WEEK + 2)
const ITEMS: Metric = { name: 'most-viewed', counts: 'item', event: 'viewed', items: ['a', 'b'] }
const RANKER: Metric = { name: 'ranker', counts: 'ranker', features: ['popularity', 'terms'], clip: 0.5 }

describe('what is learned from, of what was published', () => {
  it('takes the listed items of every epoch, the latest first, and leaves out what fits nowhere', () => {
    const document = documentOf(ITEMS, [
      { epoch: WEEK - 1, values: [7, 8], error: 2 },
      { epoch: WEEK, values: [5, 6], error: 3, reports: 70 },
    ])
    const { signals, notTaken } = publishedSignals(document, NOW)
    expect(notTaken).toEqual([])
    expect(signals).toHaveLength(1)
    const { counts, title, names, rounds } = signals[0]!
    expect({ counts, title, names }).toEqual({ counts: 'item', title: 'items viewed (most-viewed)', names: ['a', 'b'] })
    expect(rounds.map(({ epoch, reports, values }) => [epoch, reports, ...values])).toEqual([
      [WEEK, 70, 5, 6],
      [WEEK - 1, 1000, 7, 8],
    ])
    expect(rounds[0]!.variances[0]).toBeCloseTo(9, 3)
  })

  it('puts together what asks the same under two names, and keeps other lists apart', () => {
    const one = documentOf(ITEMS, [{ epoch: WEEK, values: [5, 6] }])
    const other = documentOf({ ...ITEMS, name: 'renamed' }, [{ epoch: WEEK - 1, values: [1, 2] }])
    const third = documentOf({ ...ITEMS, items: ['a', 'c'] }, [{ epoch: WEEK - 2, values: [3, 4] }])
    const plans = [one, other, third].map((document, at) => [`plan-${at}`, Object.values(document.plans)[0]!] as const)
    const epochs = [one, other, third].flatMap((document, at) =>
      document.epochs.map((epoch) => ({ ...epoch, metrics: epoch.metrics.map((metric) => ({ ...metric, plan: `plan-${at}` })) })),
    )
    const { signals } = publishedSignals({ sotto: 'estimates/1', plans: Object.fromEntries(plans), epochs }, NOW)
    expect(signals.map(({ names, rounds }) => [...names, rounds.length])).toEqual([
      ['a', 'b', 2],
      ['a', 'c', 1],
    ])
  })

  it('takes the means of a ranker; of a coordinate that nobody reported nothing is known', () => {
    const document = documentOf(RANKER, [{ epoch: WEEK, values: [0.25, -0.125], error: 0.1 }])
    const [epoch] = document.epochs
    const [metric] = epoch!.metrics
    const { mean: _, ...nobody } = metric!.groups![1]!
    const without = {
      ...document,
      epochs: [{ ...epoch!, metrics: [{ ...metric!, groups: [metric!.groups![0]!, { ...nobody, reports: 0 }] }] }],
    }
    const [full] = publishedSignals(document, NOW).signals
    expect([...full!.rounds[0]!.values, full!.rounds[0]!.reports]).toEqual([0.25, -0.125, 2000])
    const [half] = publishedSignals(without, NOW).signals
    expect([...half!.rounds[0]!.values]).toEqual([0.25, 0])
    expect(half!.rounds[0]!.variances[1]).toBeGreaterThan(1e4)
  })

  it('says what is too old or withheld, and passes over what is no matter of packs', () => {
    const old = documentOf(ITEMS, [{ epoch: WEEK - 20, values: [5, 6] }])
    expect(publishedSignals(old, NOW)).toEqual({
      signals: [],
      notTaken: [{ title: 'items viewed (most-viewed)', why: 'epochs more than 14 weeks ago say little of today' }],
    })
    const document = documentOf(ITEMS, [{ epoch: WEEK, values: [5, 6] }])
    const { groups: _, ...metric } = document.epochs[0]!.metrics[0]!
    const withheld = {
      ...document,
      epochs: [{ ...document.epochs[0]!, metrics: [{ ...metric, withheld: 'fewer than 50 reports' as const }] }],
    }
    expect(publishedSignals(withheld, NOW).notTaken[0]!.why).toBe('an epoch is withheld: fewer than 50 reports')
    expect(publishedSignals(documentOf({ name: 'funnel', counts: 'funnel' }, [{ epoch: WEEK, values: [] }]), NOW)).toEqual({
      signals: [],
      notTaken: [],
    })
  })
})

describe('several epochs as one', () => {
  const weeks = [
    { epoch: 40, values: [10, -2], error: 3, reports: 100 },
    { epoch: 36, values: [6, 4], error: 1, reports: 300 },
  ]

  it('counts what is four weeks older for half', () => {
    const { values, variances } = poolCounts(madeSignal('item', ['a', 'b'], weeks).rounds)
    expect([...values]).toEqual([13, 0])
    // The noise, and a count's own variance, at least that of one.
    expect([...variances]).toEqual([9 + 10 + (1 + 6) / 4, 9 + 1 + (1 + 4) / 4])
  })

  it('takes means by their reports', () => {
    const { values, variances } = poolMeans(madeSignal('ranker', ['a', 'b'], weeks).rounds)
    expect(values[0]).toBeCloseTo(0.4 * 10 + 0.6 * 6)
    expect(variances[1]).toBeCloseTo(0.4 ** 2 * 9 + 0.6 ** 2)
  })

  it('of no reports at all takes each alike', () => {
    const none = weeks.map((week) => ({ ...week, reports: 0 }))
    expect(poolMeans(madeSignal('ranker', ['a', 'b'], none).rounds).values[0]).toBe(8)
  })
})
