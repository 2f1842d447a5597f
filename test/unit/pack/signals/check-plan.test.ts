import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { USUAL_AUDIENCE } from '../../../../pack/signals/audience'
import { checkPlan } from '../../../../pack/signals/check-plan'
import { checkWords } from '../../../../pack/signals/check-words'
import { plainWords } from '../../../../pack/signals/plain-words'
import { warningsOf } from '../../../../pack/signals/plan-warnings'
import { shopPlan } from '../../../../src/shared/signals/default-plan'
import { definePlan } from '../../../../src/shared/signals/define-plan'
import { readPlan } from '../../../../src/shared/signals/read-plan'
import type { Metric } from '../../../../src/shared/signals/signal-plan'

const names = (count: number) => Array.from({ length: count }, (_, at) => `c${at}`)
const ALL = { visitors: 20_000, returning: 1, fresh: 0, visits: 9, epochs: 1 }
const interest = (buckets: number, name = 'm'): Metric => ({ name, counts: 'interest', categories: names(buckets - 2) })

describe('the example plan', () => {
  const text = readFileSync(new URL('../../../../pack/signals/examples/shop-plan.json', import.meta.url), 'utf8')
  it('is valid, and what shopPlan makes', () => {
    const plan = readPlan(JSON.parse(text))
    const interest = plan.metrics.find(({ counts }) => counts === 'interest') as Extract<Metric, { counts: 'interest' }> // it is in it: else the next line fails
    expect(plan).toEqual(shopPlan({ categories: interest.categories }))
  })
})

describe('checkPlan', () => {
  it('says ±1,106 browsers of 9 metrics with 64 buckets, 20,000 browsers and a budget of 2', () => {
    const plan = definePlan({ purpose: 'To see.', metrics: names(9).map((name) => interest(64, name)) })
    const { metrics, budget } = checkPlan(plan, ALL)
    expect(budget.answers).toBeCloseTo(2, 9)
    expect(metrics.map(({ reports }) => Math.round(reports))).toEqual(new Array(9).fill(4444))
    expect(Math.round(metrics[0]!.local!.rare * 20_000)).toBe(1106)
  })

  it('tells of each group by its own reports, and of long histograms with DAP only', () => {
    const tasks = names(2).map((_, at) => `${at}`.padEnd(43, 'A'))
    const dap = { leader: 'https://a.example', helper: 'https://b.example', tasks, timePrecision: 3600 }
    const test: Metric = { name: 't', counts: 'experiment', variants: ['a', 'b', 'c', 'd'], goal: 'bought' }
    const { metrics, mode } = checkPlan(definePlan({ purpose: 'To see.', mode: 'dap', dap, metrics: [test, interest(100)] }), ALL)
    expect(mode).toBe('dap')
    expect(metrics[0]).toMatchObject({ groups: 4, reports: 5000 })
    expect(metrics[1]!.local).toBeUndefined()
    expect(metrics[1]!.dap!.two.rare).toBeCloseTo((1.959964 * 3.958635) / 20_000, 8)
  })

  it('sees more in more weeks: reports add up, and with DAP the noise of each week does', () => {
    const plan = definePlan({ purpose: 'To see.', metrics: [interest(10)] })
    const [one, four] = [1, 4].map((epochs) => checkPlan(plan, { ...ALL, epochs }).metrics[0]!)
    expect(one!.local!.even / four!.local!.even).toBeCloseTo(2, 9)
    expect(one!.dap!.two.even / four!.dap!.two.even).toBeCloseTo(2, 9)
  })

  it('plans the experiment at its own epsilon', () => {
    const test: Metric = { name: 't', counts: 'experiment', variants: ['a', 'b'], goal: 'bought', epsilon: 2 }
    const { experiment } = checkPlan(definePlan({ purpose: 'To see.', metrics: [test] }), ALL, { from: 0.1, to: 0.12 })
    expect(experiment).toMatchObject({ from: 0.1, to: 0.12, epsilon: 2 })
    // z^2 (r (1 - r) + s (1 - s)) / (p - q)^2 / .02^2 of each variant, with p = .8808 = 1 - q: r = .1954, s = .2106.
    expect(experiment.oneBit / 2).toBeCloseTo(
      ((1.959964 + 0.841621) ** 2 * (0.19537 * 0.80463 + 0.2106 * 0.7894)) / 0.7616 ** 2 / 0.02 ** 2,
      -2,
    )
  })
})

describe('in words', () => {
  const wordsOf = (metrics: readonly Metric[], visitors = 20_000, participation = 1) =>
    checkPlan(definePlan({ purpose: 'To see.', metrics, participation }), { ...ALL, visitors })

  it('warns of a year that is spent after four weeks, and says what lasts a season', () => {
    const two: Metric[] = [
      { name: 'a', counts: 'funnel' },
      { name: 'b', counts: 'errors' },
    ]
    expect(warningsOf(wordsOf(two, 1e6))).toEqual([
      "! participation 1: a browser that comes every week has spent its year's budget after 4 weeks, so that regular visitors are missing from then on; participation 0.307 lasts 13 weeks, with as many fewer reports a week",
    ])
    expect(warningsOf(wordsOf(two, 1e6, 0.307))).toEqual([])
  })

  it.each([20_000, 1_000_000])(
    'has nothing to warn of in the plan to begin with, for %i browsers, and says what a year pays for',
    (visitors) => {
      const plan = shopPlan({ categories: names(10) })
      const check = checkPlan(plan, { visitors, ...USUAL_AUDIENCE })
      expect(warningsOf(check)).toEqual([])
      const said = checkWords(check).join('\n')
      expect(said).toContain('one that comes every week answers now and then for about 16 weeks of a year, then rests')
      expect(said).not.toContain('To be changed')
      const lasting = checkWords(checkPlan({ ...plan, participation: 0.07 }, { visitors, ...USUAL_AUDIENCE })).join('\n')
      expect(lasting).toContain('one that comes every week is heard of all the year')
      const always = checkWords(checkPlan({ ...plan, participation: 1 }, { visitors, ...USUAL_AUDIENCE })).join('\n')
      expect(always).toContain('one that comes every week answers for about 4 weeks of a year, then rests')
    },
  )

  it('says by an example what each metric will tell, or that it is too little', () => {
    const plan = shopPlan({ categories: names(10) })
    const told = (visitors: number, epochs = 1) => plainWords(checkPlan(plan, { visitors, ...USUAL_AUDIENCE, epochs }))
    expect(told(20_000)).toEqual([
      'What one week will tell:',
      '  funnel (How far towards a purchase): where the truth is 20 %, it says 13 % to 27 %; a rise is seen from 35 % on',
      '  interest (Category of most interest): where the truth is 8.3 %, it says 0.6 % to 16 %; a rise is seen from 25 % on',
    ])
    expect(told(1000)[2]).toBe('  interest (Category of most interest): too little: where the truth is 8.3 %, it says 0 % to 43 %')
    expect(told(100, 6)[1]).toContain('nothing: of fewer than 50 reports a week all is withheld')
  })

  it('warns of too many metrics, of buckets that say nothing, and of too few reports', () => {
    const nine = names(9).map((name) => interest(64, name))
    expect(warningsOf(wordsOf(nine, 20_000, 0.05))).toEqual([
      expect.stringMatching(/^! 9 metrics share each browser's week: each is asked of 22.2 % of those that answer/),
      ...names(9).map((name) => expect.stringMatching(new RegExp(`^! ${name}: an even part of 1.56 points is known to ±`))),
    ])
    expect(warningsOf(wordsOf([{ name: 'a', counts: 'funnel' }], 49, 0.1))).toEqual([
      '! a: 5 reports a week are too few: the collector withholds what rests on less than 50',
    ])
    const weeks = checkPlan(definePlan({ purpose: 'To see.', metrics: [{ name: 'a', counts: 'funnel' }], participation: 0.3 }), {
      ...ALL,
      visitors: 100,
      epochs: 4,
    })
    // Of four weeks together 120, of which none is ever published.
    expect(warningsOf(weeks)).toEqual([expect.stringMatching(/^! a: 30 reports a week are too few/)])
  })

  it('says how many weeks together would do, and that they do', () => {
    const plan = shopPlan({ categories: names(10) })
    const [, interest] = warningsOf(checkPlan(plan, { visitors: 1000, ...USUAL_AUDIENCE }))
    expect(interest).toMatch(/^! interest: .* look at 18 weeks together or more \(--epochs 18\), or ask of fewer buckets, or use DAP$/)
    expect(warningsOf(checkPlan(plan, { visitors: 1000, ...USUAL_AUDIENCE, epochs: 17 }))).toHaveLength(1)
    expect(warningsOf(checkPlan(plan, { visitors: 1000, ...USUAL_AUDIENCE, epochs: 18 }))).toEqual([])
  })

  it('warns of more answers than visits to send them in', () => {
    const eight = names(8).map((name): Metric => ({ name, counts: 'errors', epsilon: 0.25 }))
    const plan = definePlan({ purpose: 'To see.', metrics: eight, participation: 0.05 })
    expect(warningsOf(checkPlan(plan, { ...ALL, visitors: 1e7, visits: 2 }))).toEqual([
      expect.stringMatching(/^! 8 reports a week do not fit into 2 visits: the others expire/),
    ])
    expect(warningsOf(checkPlan(plan, { ...ALL, visitors: 1e7, visits: 8 }))).toEqual([])
  })

  it('warns of an experiment that would see nothing', () => {
    const test: Metric = { name: 't', counts: 'experiment', variants: ['a', 'b'], goal: 'bought' }
    expect(warningsOf(wordsOf([test], 20_000, 0.1))).toEqual([
      expect.stringMatching(/^! t: a rate must change by \d+\.\d+ points to be seen: use DAP/),
    ])
    expect(warningsOf(wordsOf([test], 1e9, 0.1))).toEqual([])
    expect(warningsOf({ ...wordsOf([test], 5000, 0.1), mode: 'dap' })).toEqual([
      expect.stringMatching(/^! t: a rate must change by \d+\.\d+ points to be seen: more weeks$/),
    ])
  })

  it('shows every metric in every mode, and what an A/B test takes', () => {
    const mean: Metric = { name: 'spent', counts: 'mean', of: 'spent', currency: 'EUR', most: 200 }
    const said = checkWords(wordsOf([mean, { name: 'moved', counts: 'ranker', features: ['seen', 'bias'] }])).join('\n')
    expect(said).toMatch(/^spent +2 +1 +100 % +20,000 +local +1\.33 +1\.33 +1\.33 +\d/m)
    expect(said).toMatch(/^moved +2 +1 +100 % +2 x 10,000 +local /m)
    expect(said).toContain('spent: the share is of 200 EUR')
    expect(said).toContain('moved: the share is of the way from -0.1 to 0.1')
    expect(said).toContain('106,000 if nothing were randomized, 107,000 with DAP, 3.3 million with the variant in clear')
    expect(said).toContain('17 million with the variant randomized along with the outcome')
  })
})
