import { describe, expect, test } from 'vitest'
import type { BucketCard, Card, ExperimentCard, MeanCard } from '../../../../collector/dashboard/cards/card'
import { cardsOf } from '../../../../collector/dashboard/cards/cards-of'
import { measuresOf } from '../../../../collector/dashboard/measures/measures-of'
import type { EstimatesDocument, PublishedMetric } from '../../../../src/shared/signals/estimates'
import { bucketsOf } from '../../../../src/shared/signals/metric-buckets'
import type { Metric } from '../../../../src/shared/signals/signal-plan'
import { madeDocument, madePlan, NEWER_PLAN_HASH, PLAN_HASH } from '../../../support/estimates-document'
import { shopDocument } from '../../../support/estimates-shop'
import { documentOf, published } from './make-published'

const FUNNEL: Metric = { name: 'funnel', counts: 'funnel' }
const INTEREST: Metric = { name: 'interest', counts: 'interest', categories: ['Chairs', 'Desks', 'Lamps'] }
const TEST: Metric = { name: 'test', counts: 'experiment', variants: ['plain', 'bold'], goal: 'bought' }
const SHELF: Metric = { name: 'home', counts: 'shelf', slot: 'home' }

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const reading = ({ reading }: Card) => reading.map(plain)
const cards = (document: EstimatesDocument, ago = 0) => cardsOf(document, document.epochs[ago]!)

/** The only card of the latest week. */
function cardOf<Kind extends Card['kind']>(
  metric: Metric,
  weeks: readonly PublishedMetric[],
  kind: Kind,
): Extract<Card, { readonly kind: Kind }> {
  const [card] = cards(
    documentOf(
      [metric],
      weeks.map((week) => [week]),
    ),
  )
  if (card?.kind !== kind) throw new Error(`expected a card of kind ${kind}, got ${card?.kind}`)
  return card as Extract<Card, { readonly kind: Kind }> // as just seen
}

describe('a funnel', () => {
  // k = 5, epsilon 1: d = 1, p = .4046, q = .1488. Of 100,000 reports, a share s errs by √((s p(1 − p) + (1 − s) q(1 − q)) / n) / (p − q):
  // .0050 at .30 and at .34; with who answered, √(s(1 − s) / n), the difference errs by .0074, and 1.96 of that are 1.4 points.
  const week = (bought: number) => published(FUNNEL, [[10_000, 40_000, 10_000, 40_000 - bought, bought]], { half: 2000 })

  test('says how many bought, and whether it changed', () => {
    const card = cardOf(FUNNEL, [week(34_000), week(30_000)], 'buckets')
    expect(reading(card)).toEqual([
      'Between 32 % and 36 % of the browsers that came back bought something.',
      'Up from the week before, by 2.6 to 5.4 points.',
    ])
    expect(card.glance).toEqual({
      figure: '32–36\u00a0%',
      says: 'of the browsers that came back bought something',
      verdict: { kind: 'up', text: 'up from the week before' },
    })
    expect(reading(cardOf(FUNNEL, [week(30_500), week(30_000)], 'buckets'))[1]).toMatch(
      /^Up from the week before\? Too few to tell: the change lies/,
    )
  })

  test('steps hold those after them, and never grow', () => {
    const { rows } = cardOf(FUNNEL, [week(30_000)], 'buckets')
    expect(rows.map(({ label, share }) => [label, Number(share.value.toFixed(6))])).toEqual([
      ['Looked at a product', 0.9],
      ['Put it in the cart', 0.5],
      ['Began the checkout', 0.4],
      ['Bought', 0.3],
    ])
  })

  test('of one week has nothing to compare with', () => {
    const card = cardOf(FUNNEL, [week(30_000)], 'buckets')
    expect(reading(card)[1]).toBe('The first week of this question: there is nothing to compare it with yet.')
    expect([card.glance.verdict.text, card.trend.points.length, card.caution]).toEqual(['first week', 1, undefined])
  })

  test('is compared with the last week that says anything, by name', () => {
    const { groups: _, ...rest } = week(1)
    const withheld: PublishedMetric = { ...rest, withheld: 'fewer than 50 reports' }
    const card = cardOf(FUNNEL, [week(34_000), withheld, week(30_000)], 'buckets')
    expect(reading(card)[1]).toBe('Up from the week of 26 October, by 2.6 to 5.4 points.')
    expect(card.trend.points).toHaveLength(2)
  })
})

test('of a shelf it is said how many of those that saw it clicked', () => {
  const card = cardOf(SHELF, [published(SHELF, [[50_000, 37_500, 7_500, 2_500, 2_500]])], 'buckets')
  expect(reading(card)[0]).toMatch(/^Between 2\d % and 2\d % of the browsers that came back and saw the shelf “home” clicked in it\.$/)
  expect(card.trend.points[0]?.value).toBeCloseTo(0.25, 12)
  expect(card.rows.map(({ share }) => Number(share.value.toFixed(6)))).toEqual([0.5, 0.125, 0.05, 0.025])
})

describe('ranked answers', () => {
  const week = (counts: readonly number[]) => published(INTEREST, [counts], { half: 500 })

  test('stand from the largest down, what names nothing at the end', () => {
    const card = cardOf(INTEREST, [week([30_000, 10_000, 25_000, 11_000, 24_000])], 'buckets')
    expect(card.rows.map(({ label, isAside }) => [label, isAside])).toEqual([
      ['Desks', false],
      ['Lamps', false],
      ['Chairs', false],
      ['none of these', true],
      ['something else', true],
    ])
    expect(reading(card).slice(0, 2)).toEqual([
      'Between 24.5 % and 25.5 % of the browsers that came back looked at “Desks” most.',
      'It stands clear of all the others.',
    ])
    expect(card.glance.figure).toBe('Desks')
  })

  test('too near to one another are not put in an order', () => {
    expect(reading(cardOf(INTEREST, [week([30_000, 10_000, 25_000, 24_900, 10_100])], 'buckets'))[1]).toBe(
      'Whether “Lamps” is truly fewer: too few to tell.',
    )
  })

  test('name only changes that many comparisons do not explain', () => {
    const card = cardOf(
      INTEREST,
      [week([30_000, 5_000, 30_000, 11_000, 24_000]), week([30_000, 10_000, 25_000, 11_000, 24_000])],
      'buckets',
    )
    expect(reading(card)[2]).toBe('Against the week before: up “Desks”; down “Chairs”. Of the other 3, too few to tell.')
    expect(reading(card)[3]).toMatch(/^5 differences are looked at together: only what holds with 99\.0 %/)
    expect(card.glance.verdict.text).toBe('2 of 5 changed')
  })

  test('of which none stands clear of nothing are not named', () => {
    const card = cardOf(INTEREST, [published(INTEREST, [[60, -10, 5, -5, 10]], { half: 40 })], 'buckets')
    expect(reading(card)[0]).toBe('Too few to tell: not even the largest stands clear of none.')
    expect(card.glance.figure).toBe('too few to tell')
  })
})

describe('what cannot be compared', () => {
  test('is another list of answers under the same name', () => {
    const wider: Metric = { name: 'interest', counts: 'interest', categories: ['Chairs', 'Desks', 'Lamps', 'Shelving'] }
    const plans = { [PLAN_HASH]: madePlan([INTEREST]), [NEWER_PLAN_HASH]: madePlan([wider]) }
    const weeks = [
      [published(wider, [[1, 2, 3, 4, 5, 6].map((count) => 1000 * count)], { plan: NEWER_PLAN_HASH })],
      [published(INTEREST, [[1, 2, 3, 4, 5]])],
    ]
    const [card] = cards(madeDocument(plans, weeks))
    expect(card?.glance.verdict.text).toBe('first week')
  })

  test('two plans in one week stand beside one another, each compared with itself', () => {
    const plans = { [PLAN_HASH]: madePlan([FUNNEL]), [NEWER_PLAN_HASH]: madePlan([FUNNEL]) }
    const week = (bought: number, plan: string) => published(FUNNEL, [[10_000, 40_000, 10_000, 40_000 - bought, bought]], { plan })
    const weeks = [
      [week(30_000, PLAN_HASH), week(20_000, NEWER_PLAN_HASH)],
      [week(20_000, NEWER_PLAN_HASH), week(30_000, PLAN_HASH)],
    ]
    const both = cards(madeDocument(plans, weeks))
    expect(both.map(({ planNote }) => planNote)).toEqual([
      'Two plans asked this in the week; each is counted for itself. This is plan a1b2c3d4.',
      'Two plans asked this in the week; each is counted for itself. This is plan 9f8e7d6c.',
    ])
    expect(both.map(({ glance }) => glance.verdict.kind)).toEqual(['unclear', 'unclear'])
    expect(new Set(both.map(({ id }) => id)).size).toBe(2)
  })
})

describe('an experiment', () => {
  // k = 2, epsilon 1: p = .7311. A share of 50,000 errs by √(p(1 − p) / n) / (2p − 1) = .0043, with who answered a difference by .0067.
  const week = (plain: number, bold: number) =>
    published(TEST, [
      [50_000 - plain, plain],
      [50_000 - bold, bold],
    ])

  test('says by how much a variant differs from the first', () => {
    const { differences, glance, ...card } = cardOf(TEST, [week(10_000, 15_000)], 'experiment') as Card & ExperimentCard
    expect(reading(card as Card)[0]).toBe('With “bold”, against “plain”, in this week: more browsers bought, by 8.7 to 11.3 points.')
    expect(differences[0]?.all).toBeUndefined()
    expect(glance.verdict).toEqual({ kind: 'up', text: 'a difference is shown' })
  })

  test('says fewer, or that it cannot be told', () => {
    expect(reading(cardOf(TEST, [week(15_000, 10_000)], 'experiment'))[0]).toContain('fewer browsers bought, by 8.7 to 11.3 points')
    expect(reading(cardOf(TEST, [week(10_000, 10_100)], 'experiment'))[0]).toMatch(
      /too few to tell; the difference lies between −\S+ and \+\S+ points/,
    )
  })

  test('takes all weeks together, and is more certain then', () => {
    const { differences } = cardOf(TEST, [week(10_000, 11_000), week(10_000, 11_000), week(10_000, 11_000)], 'experiment')
    const [{ week: one, all }] = differences as [(typeof differences)[number]]
    expect(all?.weeks).toBe(3)
    expect((all!.high - all!.low) / (one.high - one.low)).toBeCloseTo(1 / Math.sqrt(3), 6)
  })

  test('with a variant that nobody reported on is no experiment yet', () => {
    const { reading: said, differences } = cardOf(
      TEST,
      [
        published(TEST, [
          [80, 20],
          [0, 0],
        ]),
      ],
      'experiment',
    )
    expect([differences, said[0]]).toEqual([[], 'Too few to tell: not all variants were reported on.'])
  })
})

describe('means', () => {
  const spent: Metric = { name: 'spent', counts: 'mean', of: 'spent', currency: 'EUR', most: 200 }
  const ranker: Metric = { name: 'ranker', counts: 'ranker', features: ['price', 'brand'] }
  const meanOf = (metric: Metric, ...means: readonly (readonly [low: number, high: number])[]) => {
    const base = published(
      metric,
      means.map(() => [5_000, 5_000]),
    )
    return {
      ...base,
      groups: base.groups.map((group, at) => ({
        ...group,
        mean: { value: (means[at]![0] + means[at]![1]) / 2, low: means[at]![0], high: means[at]![1] },
      })),
    }
  }

  test('are amounts between two bounds, none below nothing', () => {
    expect(reading(cardOf(spent, [meanOf(spent, [4.1, 5.3]), meanOf(spent, [2.4, 3.6])], 'mean'))).toEqual([
      'Of a browser that came back, what it spent was between 4.10 and 5.30 EUR on average: 0 where nothing was bought, and no more than 200 counted of any.',
      'Up from the week before, by 0.85 to 2.55 EUR.',
    ])
    expect(cardOf(spent, [meanOf(spent, [-2, 1])], 'mean').glance.figure).toBe('about 0 EUR')
    expect(cardOf(spent, [meanOf(spent, [-1, 3])], 'mean').glance.figure).toBe('≤ 3.00 EUR')
  })

  test('of the ranker are directions to learn, or none', () => {
    const card = cardOf(ranker, [meanOf(ranker, [0.05, 0.15], [-0.05, 0.05])], 'mean') as Card & MeanCard
    expect(reading(card)[0]).toBe('What visitors chose says that “price” should count for more.')
    expect(card.caution).toMatch(/^2 differences/)
    expect(reading(cardOf(ranker, [meanOf(ranker, [-0.05, 0.15], [-0.05, 0.05])], 'mean'))[0]).toMatch(/too few to tell\.$/)
  })
})

test('more answers than a report can hold come from sums of two operators, with the noise that was added to them', () => {
  const items: Metric = { name: 'items', counts: 'item', event: 'bought', items: Array.from({ length: 300 }, (_, at) => `item-${at}`) }
  const counts = [1000, ...items.items.map((_, at) => (at === 7 ? 400 : 2)), 100]
  const week = published(items, [counts], { half: 6 })
  const plans = { [PLAN_HASH]: { ...madePlan([items]), mode: 'dap' as const } }
  const [card] = cards(madeDocument(plans, [[week], [week]]))
  // 400 of 2,098, give or take 6.
  expect(plain(card?.reading[0] ?? '')).toBe('Between 18.8 % and 19.4 % of the browsers that came back bought “item-7” most.')
  expect(card?.reading[1]).toBe('It stands clear of all the others.')
})

test('what is withheld says why, and nothing else', () => {
  const { groups: _, ...rest } = published(FUNNEL, [[1, 1, 1, 1, 1]])
  const card = cardOf(FUNNEL, [{ ...rest, withheld: 'fewer than 50 reports' }], 'withheld')
  expect([card.basis, card.glance.figure]).toEqual(['', 'withheld'])
  expect(card.reading[0]).toMatch(/^Withheld: fewer than 50 reports came\./)
})

describe('every kind of question', () => {
  const document = shopDocument()
  const metrics = Object.values(document.plans).flatMap(({ metrics }) => metrics)

  test.each(document.epochs.map(({ epoch }, ago) => [epoch, ago]))('is put into words: week %i', (_, ago) => {
    const all = cards(document, ago)
    expect(all).toHaveLength(document.epochs[ago]!.metrics.length)
    const said = JSON.stringify(all)
    expect(said).not.toMatch(/NaN|undefined|Infinity|null/)
    for (const card of all) for (const sentence of card.reading) expect(sentence).not.toMatch(/[−-]\d[\d.]*\s%/)
  })

  test('asks of buckets that there are', () => {
    const kinds = new Set(metrics.map(({ counts }) => counts))
    expect(kinds.size).toBe(14)
    const frequent: Metric[] = (['frequency', 'recency'] as const).map((by) => ({ name: by, counts: 'segment', by }))
    for (const metric of [...metrics, ...frequent]) {
      if (metric.counts === 'mean' || metric.counts === 'ranker' || metric.counts === 'experiment') continue
      const { headline, rows } = measuresOf(metric)
      for (const measure of [...rows, ...(headline ? [headline] : [])]) {
        expect(measure.weights).toHaveLength(bucketsOf(metric).length)
        expect(measure.weights.some((weight) => weight === 1)).toBe(true)
        // A share of a share lies within it.
        const whole = measure.among?.weights
        if (whole) expect(measure.weights.every((weight, at) => weight <= whole[at]!)).toBe(true)
      }
      expect(new Set(rows.map(({ says }) => says)).size).toBe(rows.length)
    }
  })

  test('of 64 answers has 64 rows', () => {
    const card = cards(document).find(({ counts }) => counts === 'item') as Card & BucketCard
    expect(card.rows).toHaveLength(64)
    expect(card.rows.at(-1)?.isAside && card.rows.at(-2)?.isAside).toBe(true)
  })
})
