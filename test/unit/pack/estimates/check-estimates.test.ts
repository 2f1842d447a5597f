import { describe, expect, it } from 'vitest'
import { checkEstimates } from '../../../../pack/estimates/check-estimates'
import { epochStart } from '../../../../src/shared/signals/epoch'
import { RandomIntegers } from '../../../../src/shared/signals/random-integers'
import type { Metric } from '../../../../src/shared/signals/signal-plan'
import { madeDocument, madeMetric, madePlan, PLAN_HASH, WEEK } from '../../../support/estimates-document'
import { seededBytes } from '../../../support/seeded-bytes'

const METRICS: readonly Metric[] = [
  { name: 'most-viewed', counts: 'item', event: 'viewed', items: ['a', 'b'] },
  { name: 'ranker', counts: 'ranker', features: ['popularity', 'terms last'] },
]
const NOW = epochStart(WEEK + 1)
const random = new RandomIntegers(seededBytes(3))
const SHARES = [
  [0.5, 0.2, 0.2, 0.1],
  [0.4, 0.6],
] as const
const weekOf = (reports: number) => [
  madeMetric({ metric: METRICS[0]!, truth: [SHARES[0]], reports }, random),
  madeMetric({ metric: METRICS[1]!, truth: [SHARES[1], SHARES[1]], reports }, random),
]
const weeks = [weekOf(20), weekOf(500)]
const published = () => structuredClone(madeDocument({ [PLAN_HASH]: madePlan(METRICS) }, weeks))

/** The document with another value at a path such as `epochs.1.epoch`. */
function withValue(path: string, value: unknown): unknown {
  const document = published()
  const steps = path.split('.')
  const last = steps.pop()!
  const holder = steps.reduce<Record<string, unknown>>((one, step) => one[step] as Record<string, unknown>, document) // as the paths below are
  holder[last] = value
  return document
}

describe('estimates that a collector published', () => {
  it('are taken as they are, withheld metrics and empty lists too', () => {
    const document = published()
    expect(checkEstimates(document, NOW)).toBe(document)
    const none = { sotto: 'estimates/1', plans: {}, epochs: [] }
    expect(checkEstimates(none, NOW)).toBe(none)
  })

  it.each<[string, unknown, string]>([
    [
      'sotto',
      'estimates/2',
      "sotto must be 'estimates/1' (this version reads that alone: use a collector and a sotto of one version); got estimates/2",
    ],
    ['plans', [], 'plans must be an object; got a list of 0'],
    ['epochs', 'none', 'epochs must be a list; got none'],
    ['epochs.1.epoch', WEEK, 'epochs[1].begins must be the beginning of that week'],
    ['epochs.0.epoch', WEEK + 1, 'epochs[0].epoch must be the number of a week that is over'],
    ['epochs.0.epoch', Number.NaN, 'epochs[0].epoch must be the number of a week that is over; got NaN'],
    ['epochs.0.begins', 'soon', 'epochs[0].begins must be the beginning of that week, 2026-11-09T00:00:00.000Z; got soon'],
    ['epochs.0.ends', '2026-11-17', 'epochs[0].ends must be its end, 2026-11-16T00:00:00.000Z; got 2026-11-17'],
    ['epochs.1.metrics.0.plan', 'gone', 'epochs[1].metrics[0].plan must be the hash of one of the plans; got gone'],
    ['epochs.1.metrics.0.name', 'funnel', 'epochs[1].metrics[0].name must be one of most-viewed, ranker; got funnel'],
    ['epochs.1.metrics.0.counts', 'funnel', "epochs[1].metrics[0].counts must be 'item', as in its plan; got funnel"],
    ['epochs.1.metrics.0.coverage', 1.5, 'epochs[1].metrics[0].coverage must be a number from 0 to 1; got 1.5'],
    ['epochs.0.metrics.0.withheld', undefined, 'epochs[0].metrics[0].withheld must be a reason, where there are no groups'],
    ['epochs.1.metrics.1.groups', [], 'epochs[1].metrics[1].groups must be a list of 2; got a list of 0'],
    ['epochs.1.metrics.1.groups.1.group', 'ease', "epochs[1].metrics[1].groups[1].group must be 'terms last', as in its plan; got ease"],
    ['epochs.1.metrics.0.groups.0.reports', 49, 'epochs[1].metrics[0].groups must be of 50 reports or more, or withheld; got 49'],
    ['epochs.1.metrics.0.groups.0.reports', -5, 'epochs[1].metrics[0].groups[0].reports must be a whole number; got -5'],
    ['epochs.1.metrics.0.groups.0.buckets.1.bucket', 'z', "buckets[1].bucket must be 'a', as in its plan; got z"],
    ['epochs.1.metrics.0.groups.0.buckets.1.value', null, 'buckets[1].value must be a finite number; got null'],
    ['epochs.1.metrics.0.groups.0.buckets.2.low', 1e9, 'buckets[2] must be an interval around its value'],
    ['epochs.1.metrics.1.groups.0.mean.high', Number.POSITIVE_INFINITY, 'groups[0].mean.high must be a finite number; got Infinity'],
  ])('with %s = %s are refused', (path, value, message) => {
    expect(() => checkEstimates(withValue(path, value), NOW)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }),
    )
  })

  it('twice of one epoch are refused', () => {
    const document = published()
    const twice = { ...document, epochs: [...document.epochs, document.epochs[0]!] }
    expect(() => checkEstimates(twice, NOW)).toThrow('epochs[2].epoch must be in the list once')
  })

  it.each([null, 7, 'text', []])('are an object: %s is refused', (value) => {
    expect(() => checkEstimates(value, NOW)).toThrow('estimates: the document must be an object')
  })

  it('with a plan that none may follow are refused', () => {
    expect(() => checkEstimates(withValue(`plans.${PLAN_HASH}.sottoPlan`, 2), NOW)).toThrow(
      expect.objectContaining({ code: 'plan-invalid' }),
    )
  })
})
