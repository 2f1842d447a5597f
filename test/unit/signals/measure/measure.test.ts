import { describe, expect, it } from 'vitest'
import type { EventParams } from '../../../../src/shared/events'
import { bucketsOf } from '../../../../src/shared/signals/metric-buckets'
import type { Metric } from '../../../../src/shared/signals/signal-plan'
import type { Facts } from '../../../../worker/signals/measure/facts'
import { measure } from '../../../../worker/signals/measure/measure'
import { type Deed, factsOf, items, seededRandom } from './facts-of'

type Plain = Metric extends infer M ? (M extends Metric ? Omit<M, 'name'> : never) : never

/** By its name, so that a test reads as what is true of the visitor. */
function bucket(plain: Plain, deeds: readonly Deed[], more: Partial<Facts> = {}, group = 0): string | undefined {
  const metric = { name: 'm', ...plain } as Metric // a name is all that it lacked
  return bucketsOf(metric)[measure(metric, group, factsOf(deeds, more))]
}

const inCategory = (id: string, ...path: string[]): EventParams => ({
  items: [
    {
      item_id: id,
      item_category: path[0]!,
      ...(path[1] && { item_category2: path[1] }),
      ...(path[2] && { item_category3: path[2] }),
    },
  ],
})

describe('interest', () => {
  const interest: Plain = { counts: 'interest', categories: ['Boots', 'Hats'] }

  it('is where most attention went, by the weights of the history: a cart outweighs two looks', () => {
    const looks: Deed[] = [
      [1, 'view_item', inCategory('h1', 'Clothes', 'Hats')],
      [2, 'view_item', inCategory('h2', 'Clothes', 'Hats')],
    ]
    expect(bucket(interest, looks)).toBe('Hats')
    expect(bucket(interest, [...looks, [3, 'add_to_cart', inCategory('b1', 'Clothes', 'Shoes', 'Boots')]])).toBe('Boots')
  })

  it('is found in a history of however many categories', () => {
    const names = Array.from({ length: 200_000 }, (_, at) => ({ item_id: `i${at}`, item_category: `c${at}` }))
    expect(bucket(interest, [[1, 'view_item', { items: names }]])).toBe('other')
  })

  it('goes by the narrowest name: Shoes are not Boots', () => {
    expect(bucket({ counts: 'interest', categories: ['Shoes'] }, [[1, 'view_item', inCategory('b1', 'Shoes', 'Boots')]])).toBe('other')
  })

  it('is other where an unlisted category has more, and none where nothing is liked', () => {
    expect(
      bucket(interest, [
        [1, 'view_item', inCategory('h1', 'Hats')],
        [2, 'purchase', inCategory('s1', 'Socks')],
      ]),
    ).toBe('other')
    expect(bucket(interest, [[1, 'dislike', inCategory('h1', 'Hats')]])).toBe('none')
    expect(bucket(interest, [[1, 'view_item_list', inCategory('h1', 'Hats')]])).toBe('none')
  })

  it('falls to the first in the plan, then to a listed one, where two are equal', () => {
    const both: Deed[] = [
      [1, 'view_item', inCategory('h1', 'Hats')],
      [2, 'view_item', inCategory('b1', 'Boots')],
    ]
    expect(bucket(interest, both)).toBe('Boots')
    expect(bucket({ counts: 'interest', categories: ['Hats'] }, both)).toBe('Hats')
  })

  it('does not add up unlisted categories: each is one', () => {
    const deeds: Deed[] = [
      [1, 'view_item', inCategory('s1', 'Socks')],
      [2, 'view_item', inCategory('g1', 'Gloves')],
      [3, 'view_item', inCategory('b1', 'Boots')],
      [4, 'select_item', inCategory('b1', 'Boots')],
    ]
    expect(bucket(interest, deeds)).toBe('Boots')
  })

  it('asks the catalog where the event names none, and counts two sizes of one item once', () => {
    const categoriesOf = (id: string) => (id === 'b1' ? ['Shoes', 'Boots'] : undefined)
    expect(bucket(interest, [[1, 'view_item', items('b1')]], { categoriesOf })).toBe('Boots')
    expect(bucket(interest, [[1, 'view_item', items('x')]], { categoriesOf })).toBe('other')
    expect(bucket(interest, [[1, 'view_item', inCategory('b1', 'Everything')]], { categoriesOf })).toBe('Boots')
    expect(bucket(interest, [[1, 'view_item', inCategory('b1', 'Hats')]], { categoriesOf })).toBe('Hats')
    expect(
      bucket(
        interest,
        [
          [1, 'view_item', items('b1', 'b1')],
          [2, 'view_item', inCategory('h1', 'Hats')],
          [3, 'select_item', inCategory('h2', 'Hats')],
        ],
        { categoriesOf },
      ),
    ).toBe('Hats')
  })
})

describe('item', () => {
  const bestOf = (event: 'viewed' | 'carted' | 'bought'): Plain => ({ counts: 'item', event, items: ['a', 'b'] })

  it('viewed: the one seen most often', () => {
    const deeds: Deed[] = [
      [1, 'view_item', items('a')],
      [2, 'view_item', items('b')],
      [3, 'page_view', items('b')],
      [4, 'select_item', items('a')],
      [5, 'select_item', items('a')],
    ]
    expect(bucket(bestOf('viewed'), deeds)).toBe('b')
    expect(
      bucket(bestOf('viewed'), [
        [1, 'view_item', items('c')],
        [2, 'view_item', items('c')],
        [3, 'view_item', items('a')],
      ]),
    ).toBe('other')
  })

  it('carted: by quantity, less what was taken out; what was carted before the epoch cannot be', () => {
    const put = (item_id: string, quantity: number) => ({ items: [{ item_id, quantity }] })
    expect(
      bucket(bestOf('carted'), [
        [1, 'add_to_cart', put('a', 3)],
        [2, 'add_to_cart', put('b', 2)],
        [3, 'remove_from_cart', put('a', 2)],
      ]),
    ).toBe('b')
    expect(
      bucket(bestOf('carted'), [
        [1, 'remove_from_cart', put('b', 5)],
        [2, 'add_to_cart', put('b', 1)],
      ]),
    ).toBe('b')
    expect(
      bucket(bestOf('carted'), [
        [1, 'add_to_cart', put('a', 1)],
        [2, 'remove_from_cart', put('a', 9)],
      ]),
    ).toBe('none')
  })

  it('bought: each order once, less what was refunded', () => {
    const order = (transaction_id: string, item_id: string, quantity = 1) => ({ transaction_id, items: [{ item_id, quantity }] })
    const deeds: Deed[] = [
      [1, 'purchase', order('t1', 'a')],
      [2, 'purchase', order('t1', 'a')],
      [3, 'purchase', order('t1', 'a')],
      [4, 'purchase', order('t2', 'b', 2)],
    ]
    expect(bucket(bestOf('bought'), deeds)).toBe('b')
    expect(bucket(bestOf('bought'), [...deeds, [5, 'refund', { transaction_id: 't2' }]])).toBe('a')
    expect(bucket(bestOf('bought'), [...deeds, [5, 'refund', order('t2', 'b')], [6, 'refund', order('t2', 'b')]])).toBe('a')
  })
})

describe('funnel', () => {
  const funnel: Plain = { counts: 'funnel' }
  const order = { transaction_id: 't1', items: [{ item_id: 'a' }] }
  it.each<[string, Deed[]]>([
    ['none', [[1, 'page_view']]],
    ['none', [[1, 'view_item_list', items('a')]]],
    ['viewed', [[1, 'view_item', items('a')]]],
    ['viewed', [[1, 'select_item', items('a')]]],
    ['carted', [[1, 'add_to_cart', items('a')]]],
    [
      'viewed',
      [
        [1, 'view_item', items('a')],
        [2, 'add_to_cart', items('a')],
        [3, 'remove_from_cart', items('a')],
      ],
    ],
    ['checkout', [[1, 'begin_checkout', items('a')]]],
    ['bought', [[1, 'purchase', order]]],
    [
      'checkout',
      [
        [1, 'begin_checkout', items('a')],
        [2, 'purchase', order],
        [3, 'refund', { transaction_id: 't1' }],
      ],
    ],
  ])('goes as far as %s', (stage, deeds) => {
    expect(bucket(funnel, deeds)).toBe(stage)
  })
})

describe('shelf', () => {
  const shelf: Plain = { counts: 'shelf', slot: 'home' }
  const click: Deed = [2, 'select_item', { item_list_id: 'home', items: [{ item_id: 'a', index: 0 }] }]

  it.each<[string, Deed[], string[]]>([
    ['not shown', [], []],
    ['not shown', [[1, 'view_item', items('a')]], ['cart']],
    ['shown', [], ['home']],
    ['shown', [[1, 'impression', { item_list_id: 'home' }]], []],
    ['shown', [[1, 'view_item_list', { items: [{ item_id: 'a', item_list_id: 'home' }] }]], []],
    ['clicked', [click], []],
    ['not shown', [[2, 'select_item', { item_list_id: 'cart', items: [{ item_id: 'a' }] }]], []],
    ['not shown', [[2, 'select_item', { item_list_id: 'home', items: [{ item_id: 'a', item_list_id: 'cart' }] }]], []],
  ])('is %s', (outcome, deeds, shown) => {
    expect(bucket(shelf, deeds, { shown })).toBe(outcome)
  })

  it('has credit for what was carted and bought of it from then on, and for nothing else', () => {
    expect(bucket(shelf, [click, [3, 'add_to_cart', items('a')]])).toBe('carted')
    expect(bucket(shelf, [click, [3, 'add_to_cart', items('a')], [4, 'remove_from_cart', items('a')]])).toBe('clicked')
    expect(bucket(shelf, [click, [3, 'purchase', items('a')]])).toBe('bought')
    expect(bucket(shelf, [click, [3, 'purchase', { ...items('a'), transaction_id: 't' }], [4, 'refund', { transaction_id: 't' }]])).toBe(
      'clicked',
    )
    expect(bucket(shelf, [click, [3, 'purchase', items('b')]])).toBe('clicked')
    expect(bucket(shelf, [[1, 'purchase', items('a')], click])).toBe('clicked')
    expect(
      bucket(shelf, [
        [1, 'view_item_list', { ...items('a', 'b'), item_list_id: 'home' }],
        [3, 'purchase', items('b')],
      ]),
    ).toBe('bought')
  })
})

describe('campaign', () => {
  const campaign: Plain = { counts: 'campaign', promotion: 'summer' }
  const of = (...ids: string[]) => ({ promotion_id: 'summer', ...(ids.length > 0 && items(...ids)) })

  it('goes by promotion_id', () => {
    expect(bucket(campaign, [])).toBe('not shown')
    expect(bucket(campaign, [[1, 'view_promotion', { promotion_id: 'winter' }]])).toBe('not shown')
    expect(bucket(campaign, [[1, 'view_promotion', of()]])).toBe('shown')
    expect(
      bucket(campaign, [
        [1, 'view_promotion', of()],
        [2, 'select_promotion', of()],
      ]),
    ).toBe('clicked')
  })

  it('has credit for the items it names', () => {
    expect(
      bucket(campaign, [
        [1, 'view_promotion', of('a')],
        [2, 'add_to_cart', items('a')],
      ]),
    ).toBe('carted')
    expect(
      bucket(campaign, [
        [1, 'view_promotion', of('a')],
        [2, 'purchase', items('b')],
      ]),
    ).toBe('shown')
  })

  it('that names none has credit for what follows a click', () => {
    expect(
      bucket(campaign, [
        [1, 'view_promotion', of()],
        [2, 'purchase', items('b')],
      ]),
    ).toBe('shown')
    expect(
      bucket(campaign, [
        [1, 'select_promotion', of()],
        [2, 'purchase', items('b')],
      ]),
    ).toBe('bought')
    expect(
      bucket(campaign, [
        [1, 'purchase', items('b')],
        [2, 'select_promotion', of()],
      ]),
    ).toBe('clicked')
  })
})

describe('money', () => {
  const amount = (of: 'basket' | 'spent'): Plain => ({ counts: 'amount', of, currency: 'EUR', bands: [20, 50, 100] })
  const order = (transaction_id: string, value: number, currency = 'EUR'): EventParams => ({ transaction_id, value, currency })

  it('is the greatest basket, or all of them', () => {
    const deeds: Deed[] = [
      [1, 'purchase', order('t1', 30)],
      [2, 'purchase', order('t2', 45)],
      [3, 'purchase', order('t2', 45)],
      [4, 'purchase', order('t3', 19.99)],
    ]
    expect(bucket(amount('basket'), deeds)).toBe('20 to 50')
    expect(bucket(amount('spent'), deeds)).toBe('50 to 100')
  })

  it('begins a band with its bound', () => {
    expect(bucket(amount('basket'), [[1, 'purchase', order('t', 19.99)]])).toBe('below 20')
    expect(bucket(amount('basket'), [[1, 'purchase', order('t', 20)]])).toBe('20 to 50')
    expect(bucket(amount('basket'), [[1, 'purchase', order('t', 100)]])).toBe('100 or more')
  })

  it("does not count another currency, and takes none for the plan's", () => {
    expect(bucket(amount('basket'), [[1, 'purchase', order('t', 70, 'USD')]])).toBe('nothing')
    expect(bucket(amount('basket'), [[1, 'purchase', { value: 70 }]])).toBe('50 to 100')
  })

  it('adds up items where no value is said, and takes off refunds', () => {
    const two: EventParams = {
      transaction_id: 't',
      items: [
        { item_id: 'a', price: 30, quantity: 2 },
        { item_id: 'b', price: 45 },
      ],
    }
    expect(bucket(amount('basket'), [[1, 'purchase', two]])).toBe('100 or more')
    const back: EventParams = { transaction_id: 't', items: [{ item_id: 'a', price: 30, quantity: 2 }] }
    expect(
      bucket(amount('basket'), [
        [1, 'purchase', two],
        [2, 'refund', back],
      ]),
    ).toBe('20 to 50')
    expect(
      bucket(amount('basket'), [
        [1, 'purchase', two],
        [2, 'refund', { transaction_id: 't' }],
      ]),
    ).toBe('nothing')
    expect(
      bucket(amount('basket'), [
        [1, 'purchase', two],
        [2, 'refund', { transaction_id: 'u' }],
      ]),
    ).toBe('100 or more')
    expect(
      bucket(amount('basket'), [
        [1, 'purchase', { value: 25, transaction_id: 't' }],
        [2, 'refund', { ...back, value: 10 }],
      ]),
    ).toBe('below 20')
  })

  it('as a mean is rounded up as often as it is worth', () => {
    const mean: Plain = { counts: 'mean', of: 'spent', currency: 'EUR', most: 200 }
    const share = (value: number) => {
      const facts = factsOf([[1, 'purchase', order('t', value)]], { random: seededRandom(5) })
      let high = 0
      for (let draw = 0; draw < 4000; draw++) high += measure({ name: 'm', ...mean } as Metric, 0, facts) // a name is all that it lacked
      return high / 4000
    }
    // Five standard errors: 5 x sqrt(.25 x .75 / 4000) = .034.
    expect(Math.abs(share(50) - 0.25)).toBeLessThan(0.035)
    expect(share(200)).toBe(1)
    expect(share(1e9)).toBe(1)
    expect(share(0)).toBe(0)
  })
})

describe('segment', () => {
  const by = (by: 'stage' | 'frequency' | 'recency'): Plain => ({ counts: 'segment', by })
  const look: Deed = [1, 'view_item', items('a')]
  const weeksAgo = (weeks: number): Deed => [1 - weeks * 168, 'page_view']

  it('stage', () => {
    const buy = (hour: number): Deed => [hour, 'purchase', items('a')]
    expect(bucket(by('stage'), [])).toBe('none')
    expect(bucket(by('stage'), [weeksAgo(1)])).toBe('none')
    expect(bucket(by('stage'), [look])).toBe('new')
    expect(bucket(by('stage'), [look, weeksAgo(1)])).toBe('returning')
    expect(bucket(by('stage'), [look, weeksAgo(4)])).toBe('returning')
    expect(bucket(by('stage'), [look, weeksAgo(5)])).toBe('back')
    expect(bucket(by('stage'), [look, buy(1 - 168), buy(2 - 168)])).toBe('returning')
    expect(bucket(by('stage'), [look, buy(1 - 168), buy(1 - 2 * 168)])).toBe('loyal')
    expect(bucket(by('stage'), [buy(2), buy(1 - 168)])).toBe('loyal')
    expect(bucket(by('stage'), [look, buy(1 - 10 * 168), buy(1 - 11 * 168)])).toBe('back')
    expect(bucket(by('stage'), [buy(1), buy(2)])).toBe('new')
  })

  it('frequency: sessions of the epoch, however many events', () => {
    const sessions = (count: number) => Array.from({ length: count * 3 }, (_, at): Deed => [at, 'page_view', {}, 7 + (at % count)])
    expect([0, 1, 2, 3, 4, 7, 8, 20].map((count) => bucket(by('frequency'), sessions(count)))).toEqual([
      ...['none', '1', '2 to 3', '2 to 3', '4 to 7', '4 to 7', '8 or more', '8 or more'],
    ])
  })

  it('recency: weeks since the visit before', () => {
    expect(bucket(by('recency'), [])).toBe('none')
    expect(bucket(by('recency'), [look])).toBe('first')
    expect([1, 2, 4, 5, 12, 13, 25].map((weeks) => bucket(by('recency'), [look, weeksAgo(weeks)]))).toEqual([
      ...['1', '2 to 4', '2 to 4', '5 to 12', '5 to 12', '13 or more', '13 or more'],
    ])
  })
})

describe('rank', () => {
  const click = (hour: number, item_list_id: string, index?: number): Deed => [
    hour,
    'select_item',
    { item_list_id, items: [{ item_id: 'a', ...(index !== undefined && { index }) }] },
  ]

  it('counts places from 1 where index counts from 0', () => {
    expect([0, 1, 2, 3, 4, 7, 8, 99].map((index) => bucket({ counts: 'rank' }, [click(1, 'home', index)]))).toEqual([
      ...['1', '2', '3 to 4', '3 to 4', '5 to 8', '5 to 8', '9 or lower', '9 or lower'],
    ])
  })

  it('is that of the first click which says where it stood, in the slot', () => {
    const deeds = [click(5, 'home', 0), click(2, 'cart', 5), click(1, 'home')]
    expect(bucket({ counts: 'rank' }, deeds)).toBe('5 to 8')
    expect(bucket({ counts: 'rank', slot: 'home' }, deeds)).toBe('1')
    expect(bucket({ counts: 'rank', slot: 'search' }, deeds)).toBe('nothing clicked')
  })
})

describe('how Sotto itself fared', () => {
  it('sorts latency, backend and errors', () => {
    const vitals = (slowestMs: number | undefined, failures: number) => ({
      vitals: { ...(slowestMs !== undefined && { slowestMs }), backend: 'wasm' as const, failures, slots: [] },
    })
    const latency: Plain = { counts: 'latency', bands: [50, 100] }
    expect([undefined, 0, 49.9, 50, 100].map((ms) => bucket(latency, [], vitals(ms, 0)))).toEqual([
      ...['not measured', 'below 50', 'below 50', '50 to 100', '100 or more'],
    ])
    expect(bucket({ counts: 'backend' }, [], vitals(1, 0))).toBe('wasm')
    expect([0, 1, 2, 3, 4, 50].map((failures) => bucket({ counts: 'errors' }, [], vitals(1, failures)))).toEqual([
      ...['none', '1', '2 to 3', '2 to 3', '4 or more', '4 or more'],
    ])
  })
})

describe('experiment', () => {
  const reaches = (goal: 'clicked' | 'carted' | 'bought', deeds: Deed[]) =>
    bucket({ counts: 'experiment', variants: ['a', 'b'], goal }, deeds, {}, 1)
  it('asks whether the goal was reached', () => {
    expect(reaches('clicked', [[1, 'view_item', items('a')]])).toBe('no')
    expect(reaches('clicked', [[1, 'select_item', items('a')]])).toBe('yes')
    expect(reaches('clicked', [[1, 'select_promotion', {}]])).toBe('yes')
    expect(reaches('carted', [[1, 'select_item', items('a')]])).toBe('no')
    expect(reaches('carted', [[1, 'add_to_cart', items('a')]])).toBe('yes')
    expect(reaches('carted', [[1, 'purchase', items('a')]])).toBe('yes')
    expect(reaches('bought', [[1, 'add_to_cart', items('a')]])).toBe('no')
    expect(reaches('bought', [[1, 'purchase', items('a')]])).toBe('yes')
  })
})

describe('ranker', () => {
  const ranker: Metric = { name: 'm', counts: 'ranker', features: ['seen', 'agreement', 'lost'], clip: 2 }
  const share = (group: number, update: number[]) => {
    const facts = factsOf([], { ranker: { names: ['agreement', 'seen'], update }, random: seededRandom(3) })
    let high = 0
    for (let draw = 0; draw < 4000; draw++) high += measure(ranker, group, facts)
    return high / 4000
  }

  it('leans as far as the feature of its group was moved, clipped', () => {
    // Five standard errors: 5 x sqrt(.25 / 4000) = .04.
    expect(Math.abs(share(0, [0, 1]) - 0.75)).toBeLessThan(0.04)
    expect(Math.abs(share(1, [-1, 0]) - 0.25)).toBeLessThan(0.04)
    expect(share(0, [0, 2])).toBe(1)
    expect(share(0, [0, -50])).toBe(0)
  })

  it('says nothing of a feature that is not there, or of no number', () => {
    expect(Math.abs(share(2, [2, 2]) - 0.5)).toBeLessThan(0.04)
    expect(Math.abs(share(0, [0, Number.NaN]) - 0.5)).toBeLessThan(0.04)
  })
})
