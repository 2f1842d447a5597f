import { describe, expect, test } from 'vitest'
import { RandomIntegers } from '../../../../src/shared/signals/random-integers'
import type { SignalPlan } from '../../../../src/shared/signals/signal-plan'
import { drawAnswers, drawFirst, drawGroups } from '../../../../worker/signals/answers'
import { seededBytes } from '../../../support/seeded-bytes'

const plan = (more: Partial<SignalPlan> = {}): SignalPlan => ({
  sottoPlan: 1,
  purpose: 'A test.',
  metrics: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, counts: 'funnel' })),
  ...more,
})
const random = new RandomIntegers(seededBytes(7))
const repeat = <T>(times: number, draw: () => T) => Array.from({ length: times }, draw)

describe('what is asked', () => {
  test('costs what is left at most, and is any metric as often as any other', () => {
    const drawn = repeat(4_000, () => drawAnswers(plan(), 2_000_000, false, {}, random))
    expect(new Set(drawn.map((answers) => answers.reduce((sum, { charged }) => sum + charged, 0)))).toEqual(new Set([2_000_000]))
    expect(drawn.every(([one, other]) => one!.metric !== other!.metric)).toBe(true)
    for (let metric = 0; metric < 5; metric++) {
      // Two of five: 1600 of 4000, with a standard deviation of 31; seven of them.
      const times = drawn.filter((answers) => answers.some((answer) => answer.metric === metric)).length
      expect(Math.abs(times - 1_600)).toBeLessThan(217)
    }
  })

  test('is less where less is left, and nothing where that is too little', () => {
    expect(drawAnswers(plan(), 1_999_999, false, {}, random)).toHaveLength(1)
    expect(drawAnswers(plan(), 999_999, false, {}, random)).toEqual([])
    const cheap = plan({
      metrics: [
        { name: 'a', counts: 'funnel', epsilon: 2 },
        { name: 'b', counts: 'backend', epsilon: 0.1 },
      ],
    }) // prettier-ignore
    // The dear one goes first or not at all; what is left then buys the cheap one.
    for (const answers of repeat(50, () => drawAnswers(cheap, 2_000_000, false, {}, random))) expect(answers).toHaveLength(1)
    expect(drawAnswers(cheap, 100_000, false, {}, random).map(({ metric }) => metric)).toEqual([1])
  })

  test('is nothing in epochs in which the browser takes no part, unless it was drawn to answer at once', () => {
    const seldom = plan({ participation: 0.25 })
    const times = repeat(4_000, () => drawAnswers(seldom, 2_000_000, false, {}, random)).filter(({ length }) => length > 0).length
    expect(Math.abs(times - 1_000)).toBeLessThan(192) // seven standard deviations
    expect(repeat(50, () => drawAnswers(seldom, 2_000_000, true, {}, random)).every(({ length }) => length === 1)).toBe(true)
  })
})

test('in a first session one metric is asked, any of those that the moment itself does not answer', () => {
  const metrics: SignalPlan['metrics'] = [
    { name: 'stage', counts: 'segment', by: 'stage' },
    { name: 'funnel', counts: 'funnel' },
    { name: 'recency', counts: 'segment', by: 'recency', epsilon: 0.1 },
    { name: 'frequency', counts: 'segment', by: 'frequency' },
  ]
  const drawn = repeat(2_000, () => drawAnswers(plan({ metrics }), 2_000_000, true, {}, random))
  expect(new Set(drawn.map((answers) => answers.length))).toEqual(new Set([1]))
  expect(new Set(drawn.map(([answer]) => answer!.metric))).toEqual(new Set([1, 3]))
  const times = drawn.filter(([answer]) => answer!.metric === 1).length
  expect(Math.abs(times - 1_000)).toBeLessThan(157) // seven standard deviations
  expect(drawAnswers(plan({ metrics: metrics.slice(0, 1) }), 2_000_000, true, {}, random)).toEqual([])
})

test('one in ten new browsers answers in its first visit, where the plan does not say otherwise', () => {
  const times = repeat(4_000, () => drawFirst(plan(), random)).filter(Boolean).length
  expect(Math.abs(times - 400)).toBeLessThan(133) // seven standard deviations
  expect(repeat(50, () => drawFirst(plan({ firstSession: 0 }), random))).not.toContain(true)
  expect(repeat(50, () => drawFirst(plan({ firstSession: 1 }), random))).not.toContain(false)
})

test('groups stay for an epoch, whatever metrics come and go, and are drawn again in the next', () => {
  const variants = repeat(16, () => '').map((_, at) => `v${at}`)
  const tests = plan({ metrics: [{ name: 'x', counts: 'experiment', variants, goal: 'bought' }] })
  const first = drawGroups({}, tests, 7, random)
  expect(drawGroups(drawGroups(first, plan(), 7, random), tests, 7, random)[7]!.x).toBe(first[7]!.x)
  const later = drawGroups(first, tests, 8, random)
  expect(later[7]).toEqual(first[7])
  expect(Object.keys(drawGroups(later, tests, 9, random))).toEqual(['8', '9'])
  // A plan that has others now, or lists them in another order.
  const fewer = plan({ metrics: [{ name: 'x', counts: 'experiment', variants: ['a', 'b'], goal: 'bought' }] })
  expect(['a', 'b']).toContain(drawGroups(first, fewer, 7, random)[7]!.x)
  for (const variants of [
    ['a', 'b', 'c'],
    ['c', 'b', 'a'],
  ]) {
    const turned = plan({ metrics: [{ name: 'x', counts: 'experiment', variants, goal: 'bought' }] })
    const groups = drawGroups({ 7: { x: 'c' } }, turned, 7, random)[7]!
    expect(variants[drawAnswers(turned, 2_000_000, false, groups, random)[0]!.group]).toBe('c')
  }
})
