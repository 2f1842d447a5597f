import { describe, expect, test, vi } from 'vitest'
import { checkEvent } from '../../../src/check-event'
import { readOptions } from '../../../src/options'
import { requestChecks } from '../../../src/shared/check-requests'

const BASE = 'https://shop.example/deep/page.html'

describe('wrong arguments name themselves', () => {
  test.each([
    [() => checkEvent('view_itm', undefined), /^track: event must be one of view_item, .*; got 'view_itm'$/],
    [() => checkEvent('view_item', 3), /^track: params must be an object; got 3$/],
    [() => checkEvent('view_item', { items: {} }), /^track: params.items must be an array; got an object$/],
    [() => checkEvent('view_item', { items: [null] }), /^track: params.items\[0\] must be an object; got null$/],
    [
      () => checkEvent('view_item', { items: [{ item_id: '' }] }),
      /^track: params.items\[0\].item_id must be a string that is not empty; got ''$/,
    ],
    [() => requestChecks.recommend(undefined), /^recommend: request must be an object; got undefined$/],
    [() => requestChecks.recommend({ strategy: 'foryou' }), /^recommend: strategy must be one of for-you, .*; got 'foryou'$/],
    [() => requestChecks.recommend({ strategy: 'for-you', limit: 0 }), /^recommend: limit must be a whole number from 1 to 200; got 0$/],
    [() => requestChecks.recommend({ strategy: 'for-you', limit: NaN }), /limit must be .*; got NaN$/],
    [() => requestChecks.recommend({ strategy: 'similar' }), /^recommend: itemId must be a string that is not empty; got undefined$/],
    [() => requestChecks.recommend({ strategy: 'search' }), /^recommend: query must be a string; got undefined$/],
    [() => requestChecks.recommend({ strategy: 'for-you', exclude: ['a', 1] }), /^recommend: exclude\[1\] must be .*; got 1$/],
    [
      () => requestChecks.recommend({ strategy: 'for-you', filter: { colour: 'red' } }),
      /^recommend: filter must be .* category, brand.*; got 'colour'$/,
    ],
    [
      () => requestChecks.recommend({ strategy: 'for-you', filter: { minPrice: Infinity } }),
      /^recommend: filter.minPrice must be a finite number/,
    ],
    [() => requestChecks.recommend({ strategy: 'for-you', count: 3 }), /got 'count'$/],
    [() => requestChecks.rank('a,b'), /^rank: ids must be an array of item ids; got 'a,b'$/],
    [() => requestChecks.explain(7), /^explain: itemId must be a string that is not empty; got 7$/],
    [() => requestChecks.history({ limit: 1e9 }), /^history: query.limit must be a whole number from 1 to 10000; got 1000000000$/],
    [
      () => readOptions({ consent: 'yes' as 'granted' }, BASE),
      /^createSotto: consent must be one of pending, denied, session, granted; got 'yes'$/,
    ],
    [() => readOptions({ compute: 'gpu' as 'auto' }, BASE), /^createSotto: compute must be one of auto, webgpu, wasm, js; got 'gpu'$/],
    [() => readOptions({ namespace: 'A b' }, BASE), /^createSotto: namespace must be 1 to 40 of a-z 0-9 - _; got 'A b'$/],
    [() => readOptions({ catalog: 3 as unknown as string }, BASE), /^createSotto: catalog must be a URL or an array of items; got 3$/],
    [() => readOptions({ catalog: 'http://[' }, BASE), /^createSotto: catalog must be a URL/],
    [() => readOptions({ maxEvents: 5 }, BASE), /^createSotto: maxEvents must be a whole number from 100 to 100000; got 5$/],
    [() => readOptions({ maxAgeDays: 0 }, BASE), /^createSotto: maxAgeDays must be a whole number from 1 to 3650; got 0$/],
    [() => readOptions({ signals: '' }, BASE), /^createSotto: signals.collector must be a URL; got ''$/],
    [() => readOptions({ signals: 3 as unknown as string }, BASE), /^createSotto: signals must be a URL or \{ collector, … \}; got 3$/],
    [() => readOptions({ signals: { collector: 'http://[' } }, BASE), /^createSotto: signals.collector must be a URL/],
    [() => readOptions({ signals: { collector: '/c', plan: '' } }, BASE), /^createSotto: signals.plan must be a URL; got ''$/],
    [
      () => readOptions({ signals: { collector: '/c', planHash: 'ab' } }, BASE),
      /^createSotto: signals.planHash must be 64 hex.*; got 'ab'$/,
    ],
    [() => readOptions(null as unknown as object, BASE), /^createSotto: options must be an object; got null$/],
  ])('%#', (call, message) => {
    expect(call).toThrowError(
      expect.objectContaining({ name: 'SottoError', code: 'invalid-argument', message: expect.stringMatching(message) }),
    )
  })

  test('a message shows no text that a visitor may have typed', () => {
    const typed = 'something long that a visitor typed into a search field'
    expect(() => requestChecks.recommend({ strategy: typed })).toThrowError(/got a string of 55 characters$/)
  })
})

test('addresses of signals are made absolute, and Global Privacy Control goes along', () => {
  vi.stubGlobal('navigator', { globalPrivacyControl: true })
  expect(readOptions({ signals: '/collect' }, BASE).signals).toEqual({ collector: 'https://shop.example/collect', optedOut: true })
  vi.stubGlobal('navigator', {})
  const signals = { collector: new URL('https://c.example/'), plan: 'plan.json', planHash: 'AB'.repeat(32), relay: '/relay' }
  expect(readOptions({ signals }, BASE).signals).toEqual({
    collector: 'https://c.example/',
    plan: 'https://shop.example/deep/plan.json',
    planHash: 'AB'.repeat(32),
    relay: 'https://shop.example/relay',
    optedOut: false,
  })
  expect(readOptions({}, BASE)).not.toHaveProperty('signals')
  vi.unstubAllGlobals()
})

test('right arguments pass', () => {
  checkEvent('purchase', { items: [{ item_id: 'a' }, { item_id: 7 }], transaction_id: 't' })
  checkEvent('page_view', undefined)
  requestChecks.recommend({
    strategy: 'search',
    query: '',
    limit: 200,
    slot: 'top',
    exclude: [],
    filter: { category: 'Chairs', maxPrice: 10 },
  })
  requestChecks.history({ type: 'view_item', since: 0, item: 'a', limit: 1 })
})

test('options fill in defaults and make URLs absolute', () => {
  expect(readOptions({ catalog: '../c.pack' }, BASE)).toEqual({
    namespace: 'default',
    consent: 'pending',
    compute: 'auto',
    catalog: { kind: 'url', url: 'https://shop.example/c.pack' },
    items: undefined,
    maxAgeMs: 180 * 86_400_000,
    maxEvents: 10_000,
  })
  const items = [{ id: 'a' }]
  expect(readOptions({ catalog: items }, BASE)).toMatchObject({ catalog: { kind: 'page' }, items })
  expect(readOptions({}, BASE).catalog).toEqual({ kind: 'none' })
})
