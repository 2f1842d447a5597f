import { describe, expect, it } from 'vitest'
import { demandByPlace, demandByVisitors } from '../../../../pack/estimates/expected-demand'
import { itemDemand } from '../../../../pack/estimates/item-demand'
import { itemTrend } from '../../../../pack/estimates/item-trend'
import { learnFromEstimates } from '../../../../pack/estimates/learn-from-estimates'
import { liftParts } from '../../../../pack/estimates/lift-parts'
import { rankerMoves } from '../../../../pack/estimates/ranker-moves'
import { popularity } from '../../../../pack/learn/popularity'
import { epochStart } from '../../../../src/shared/signals/epoch'
import type { Metric } from '../../../../src/shared/signals/signal-plan'
import type { ModelPart } from '../../../../worker/models/model-part'
import { openPopularity } from '../../../../worker/models/popularity'
import { openTrend } from '../../../../worker/models/trend'
import { WEEK } from '../../../support/estimates-document'
import { makeLog } from '../../../support/make-log'
import { documentOf, madeSignal } from './made-signals'

const ITEMS = Array.from({ length: 8 }, (_, at) => ({ id: `i${at}`, title: `Thing ${at}`, categories: ['All', at < 4 ? 'Lamps' : 'Rugs'] }))
const IDS = ITEMS.map(({ id }) => id)
const EQUAL = new Float64Array(8).fill(10)
const NOW = epochStart(WEEK + 2)
const METRIC: Metric = { name: 'viewed', counts: 'item', event: 'viewed', items: ['i1', 'i2', 'i3'] }

const scores = (part: ModelPart) => {
  const out = new Float32Array(8)
  openPopularity(part).score({ items: new Int32Array() }, out)
  return [...out].map((score) => Math.round(Math.expm1(score)))
}

describe('what is expected before anybody reports', () => {
  it('falls along the feed, unless the reports say that its order says nothing', () => {
    const usual = demandByPlace(IDS, [])
    expect([...usual]).toEqual([...usual].toSorted((a, b) => b - a))
    expect(usual[0]! / usual[7]!).toBeCloseTo(1.7)
    const upside = madeSignal('item', IDS, [{ epoch: WEEK, values: [1, 2, 3, 4, 50, 60, 70, 80].map((value) => 10 * value) }])
    expect(new Set(demandByPlace(IDS, [upside])).size).toBe(1)
  })

  it('is visitors, and half the support of those that too few took', () => {
    expect([...demandByVisitors([9, 5, 4, 0], 5)]).toEqual([9, 5, 2.5, 2.5])
  })
})

describe('demand', () => {
  it('of items follows what is beyond noise, and stays where nobody was asked', () => {
    const { values, isMeasured, taken, notTaken } = itemDemand(ITEMS, EQUAL, [
      madeSignal('item', ['i1', 'i2', 'gone', 'i3'], [{ epoch: WEEK, values: [900, 100, 5, 500], error: 10 }]),
    ])
    expect(values[1]).toBeCloseTo(18, 0)
    expect(values[2]).toBeCloseTo(2, 0)
    expect([values[0], values[7]]).toEqual([10, 10])
    expect([...isMeasured]).toEqual([0, 1, 1, 1, 0, 0, 0, 0])
    expect(taken).toEqual([{ title: 'a item', names: 3, reports: 1000, epochs: 1 }])
    expect(notTaken).toEqual([])
  })

  it('of a category moves its items, four times at most; items that were asked about have the last word', () => {
    const interest = madeSignal('interest', ['Lamps', 'Rugs', 'None such'], [{ epoch: WEEK, values: [10, 990, 0], error: 5 }])
    const lifted = itemDemand(ITEMS, EQUAL, [interest])
    expect(lifted.values[0]).toBe(2.5)
    expect(lifted.values[7]).toBeCloseTo(19.8, 0)
    const items = madeSignal('item', ['i0', 'i7'], [{ epoch: WEEK, values: [900, 100], error: 5 }])
    const both = itemDemand(ITEMS, EQUAL, [items, interest])
    expect(both.values[0]!).toBeGreaterThan(both.values[7]!)
    expect(both.taken.map(({ title }) => title)).toEqual(['a interest', 'a item'])
  })

  it('stays as it was by noise, and of fewer than two items; both are said', () => {
    const noise = madeSignal('item', ['i1', 'i2', 'i3'], [{ epoch: WEEK, values: [30, -20, 5], error: 40 }])
    const lone = madeSignal('item', ['i1', 'gone'], [{ epoch: WEEK, values: [900, 100], error: 1 }])
    const { values, isMeasured, notTaken } = itemDemand(ITEMS, EQUAL, [noise, lone])
    expect([...values]).toEqual([...EQUAL])
    expect(isMeasured).not.toContain(1)
    expect(notTaken.map(({ why }) => why)).toEqual([
      'it differs from what was expected by no more than noise',
      'the catalog has 1 of its 2: there is nothing to compare',
    ])
  })
})

describe('the trend', () => {
  const weeks = (late: number[], early: number[]) => [
    { epoch: WEEK, values: late, error: 5 },
    { epoch: WEEK - 6, values: early, error: 5 },
  ]
  const names = ['i1', 'i2', 'i3']

  it('is what gained on the weeks before', () => {
    const signal = madeSignal('item', names, weeks([600, 300, 300], [300, 300, 600]))
    const { gains, expected } = itemTrend(ITEMS, EQUAL, [signal], false)
    expect(gains[1]).toBeGreaterThan(200)
    expect(expected[1]).toBeGreaterThan(200)
    expect([gains[0], gains[3]]).toEqual([0, 0])
  })

  it('is none where nothing changed; without weeks or orders before, nothing is known of it', () => {
    const nothing = new Float64Array(8)
    const same = madeSignal('item', names, weeks([300, 300, 600], [300, 300, 600]))
    expect(itemTrend(ITEMS, EQUAL, [same], false).gains).toEqual(nothing)
    const late = madeSignal('item', names, weeks([600, 300, 300], []).slice(0, 1))
    expect(itemTrend(ITEMS, EQUAL, [late], false).gains).toEqual(nothing)
    expect(itemTrend(ITEMS, EQUAL, [late], true).gains[1]).toBeGreaterThan(100)
  })
})

describe('the way the ranker moved', () => {
  it('is shrunk by its noise', () => {
    const moves = rankerMoves(madeSignal('ranker', ['a', 'b', 'c'], [{ epoch: WEEK, values: [0.5, -0.4, 0.02], error: 0.05 }]))!
    expect(moves.get('a')).toBeLessThan(0.5)
    expect(moves.get('a')).toBeGreaterThan(0.45)
    expect(moves.get('b')).toBeLessThan(-0.35)
  })

  it('is none within noise', () => {
    expect(rankerMoves(madeSignal('ranker', ['a', 'b'], [{ epoch: WEEK, values: [0.06, -0.05], error: 0.05 }]))).toBeUndefined()
  })
})

describe('what a pack makes of it', () => {
  const order = Int32Array.from([3, 0, 1, 2, 4, 5, 6, 7])

  it('without orders: a part of what was asked about, in the order of the pack', () => {
    const heard = learnFromEstimates(ITEMS, documentOf(METRIC, [{ epoch: WEEK, values: [100, 200, 900], error: 5 }]), {
      log: undefined,
      support: 5,
      now: NOW,
    })
    const parts = liftParts([], heard.lift(order))
    expect(parts.map(({ model }) => model)).toEqual(['popularity'])
    const [first, ...others] = scores(parts[0]!)
    expect(others).toEqual([0, 1, 2, 0, 0, 0, 0])
    expect(first).toBeGreaterThan(7)
    expect(openTrend(parts[0]!)).toBeUndefined()
  })

  it('without orders, and with noise only: nothing', () => {
    const heard = learnFromEstimates(ITEMS, documentOf(METRIC, [{ epoch: WEEK, values: [10, 20, 5], error: 50 }]), {
      log: makeLog(8, []),
      support: 5,
      now: NOW,
    })
    expect(liftParts([], heard.lift(order))).toEqual([])
    expect(heard.notTaken).toHaveLength(1)
  })

  it('with orders: counts in proportion to how wanted the items are now, what nobody was asked about as it was', async () => {
    // Twelve visitors of items 0 to 3, six of item 4.
    const log = makeLog(
      8,
      Array.from({ length: 12 }, (_, at) => [0, 1, 2, 3, ...(at < 6 ? [4] : [])]),
    )
    const part = await popularity.learn({ log, support: 5, seed: 1 }, {})
    const asked: Metric = { ...METRIC, items: ['i1', 'i2', 'i5'] }
    const document = documentOf(asked, [{ epoch: WEEK, values: [2400, 600, 1200], error: 5 }])
    const heard = learnFromEstimates(ITEMS, document, { log, support: 5, now: NOW })
    const [lifted] = liftParts([part], heard.lift(Int32Array.from(ITEMS.keys())))
    const [i0, i1, i2, i3, i4, i5, i6] = scores(lifted!)
    expect([i0, i3, i4, i6]).toEqual([12, 12, 6, 0])
    expect(i1).toBeCloseTo(15, -1)
    expect(i2).toBeLessThan(5)
    // That nobody bought, and many looked at.
    expect(i5).toBeGreaterThan(5)
  })

  it('lets go of a trend of orders that ended long ago, where there is another', async () => {
    const day = 86_400_000
    const end = epochStart(WEEK - 12)
    const sequences = Array.from({ length: 400 }, (_, at) => (at < 300 ? [0, 1, 2, 3] : [0, 0, 0, 1, 2, 3]))
    const log = makeLog(8, sequences)
    const times = Float64Array.from(log.items, (_, at) => (at < 1200 ? end - 100 * day : end))
    const timed = { ...log, times }
    const part = await popularity.learn({ log: timed, support: 5, seed: 1 }, {})
    expect(openTrend(part)![0]).toBeGreaterThan(0)
    const gain = documentOf(METRIC, [
      { epoch: WEEK, values: [60, 20, 20], error: 1 },
      { epoch: WEEK - 6, values: [20, 20, 20], error: 1 },
    ])
    const rows = Int32Array.from(ITEMS.keys())
    const trend = openTrend(liftParts([part], learnFromEstimates(ITEMS, gain, { log: timed, support: 5, now: NOW }).lift(rows))[0]!)!
    expect(trend[1]).toBeGreaterThan(trend[0]!)
    const still = documentOf(METRIC, [{ epoch: WEEK, values: [1, 2, 0], error: 50 }])
    const same = openTrend(liftParts([part], learnFromEstimates(ITEMS, still, { log: timed, support: 5, now: NOW }).lift(rows))[0]!)!
    expect(same).toEqual(openTrend(part))
  })
})
