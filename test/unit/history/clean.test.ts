import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventId } from '../../../src/shared/event-id'
import { EVENT_NAMES, type EventItem, type IncomingEvent, type StoredEvent } from '../../../src/shared/events'
import { MAX_ID_LENGTH, MAX_ITEMS_PER_EVENT, MAX_PRICE, MAX_QUANTITY, MAX_TEXT_LENGTH } from '../../../src/shared/limits'
import { type CleanEvent, clean, toIncoming } from '../../../worker/history/clean'
import { DAY, NOW } from './make-event'

const OLDEST = NOW - 180 * DAY

function incoming(params: unknown, time = NOW): IncomingEvent {
  return { id: eventId(time, () => 'x'), name: 'view_item', time, params }
}

function cleaned(params: unknown) {
  const result = clean(incoming(params), NOW, OLDEST)
  if ('reason' in result) throw new Error(`dropped: ${result.reason}`)
  const { id: _id, name: _name, time: _time, ...kept } = result.event
  return { kept, tally: result.tally }
}

function cleanedItem(fields: object) {
  const { kept, tally } = cleaned({ items: [{ item_id: 'a', ...fields }] })
  const { item_id: _, ...rest } = kept.items?.[0] ?? { item_id: 'a' }
  return { kept: rest, tally }
}

describe('an event', () => {
  it('keeps the fields of GA4 as they are', () => {
    const params = {
      items: [{ item_id: 'a', item_name: 'Chair', item_category: 'Furniture', price: 9.5, quantity: 2, index: 0, discount: 1 }],
      transaction_id: 'T1',
      value: 19,
      currency: 'EUR',
      search_term: 'chair',
      rating: 4,
      dwell_s: 30,
      scroll_depth: 0.5,
    }
    expect(cleaned(params)).toEqual({ kept: params, tally: {} })
  })

  it.each([undefined, null, {}])('may have no parameters: %s', (params) => {
    expect(cleaned(params)).toEqual({ kept: {}, tally: {} })
  })

  it.each([7, 'text', true, [], () => {}])('is malformed where its parameters are %s', (params) => {
    expect(clean(incoming(params), NOW, OLDEST)).toEqual({ reason: 'malformed-event' })
  })

  it.each([
    ['is nothing', null],
    ['has an unknown name', { ...incoming({}), name: 'view_itm' }],
    ['has a name every object knows', { ...incoming({}), name: 'constructor' }],
    ['has no time', { ...incoming({}), time: undefined }],
    ['has a time that is NaN', { ...incoming({}), time: Number.NaN }],
    ['has a negative time', { ...incoming({}), time: -1 }],
    ['has an id of another time', { ...incoming({}), id: eventId(NOW - 1, () => 'x') }],
    ['has an id without suffix', { ...incoming({}), id: eventId(NOW, () => '').slice(0, 9) }],
    ['has an id that is too long', { ...incoming({}), id: eventId(NOW, () => 'x'.repeat(40)) }],
    ['has an id that is a number', { ...incoming({}), id: 5 }],
    [
      'throws when read',
      {
        get id() {
          throw new Error('no')
        },
      },
    ],
  ])('is malformed where it %s', (_, event) => {
    expect(clean(event as never, NOW, OLDEST)).toEqual({ reason: 'malformed-event' })
  })

  it('may be dated five seconds ahead, and no older than the oldest', () => {
    expect(clean(incoming({}, NOW + 5_000), NOW, OLDEST)).toHaveProperty('event')
    expect(clean(incoming({}, NOW + 5_001), NOW, OLDEST)).toEqual({ reason: 'future-time' })
    expect(clean(incoming({}, OLDEST), NOW, OLDEST)).toHaveProperty('event')
    expect(clean(incoming({}, OLDEST - 1), NOW, OLDEST)).toEqual({ reason: 'expired' })
  })
})

describe('a field', () => {
  it.each([
    ['9.99', 9.99],
    [' 12 ', 12],
    [0, 0],
    [MAX_PRICE, MAX_PRICE],
  ])('of price %o is kept as %o', (price, expected) => {
    expect(cleanedItem({ price })).toEqual({ kept: { price: expected }, tally: {} })
  })

  it.each([-0.01, MAX_PRICE + 1, Number.NaN, Number.POSITIVE_INFINITY, '12,50', 'free', ' ', true, {}, [], 5n])(
    'of price %o is impossible',
    (price) => {
      expect(cleanedItem({ price })).toEqual({ kept: {}, tally: { 'impossible-price': 1 } })
    },
  )

  it.each([0, -1, 0.5, MAX_QUANTITY + 1, 'many'])('of quantity %o is impossible', (quantity) => {
    expect(cleanedItem({ quantity })).toEqual({ kept: {}, tally: { 'impossible-quantity': 1 } })
  })

  it.each([{ value: -1 }, { tax: 'x' }, { shipping: Number.NaN }, { rating: 6 }, { rating: 0 }, { dwell_s: -1 }, { scroll_depth: 90 }])(
    'of %o is an impossible number',
    (params) => {
      expect(cleaned(params)).toEqual({ kept: {}, tally: { 'impossible-number': 1 } })
    },
  )

  it('of text is cut, never in the middle of a character pair', () => {
    const { kept, tally } = cleaned({ search_term: `${'x'.repeat(MAX_TEXT_LENGTH - 1)}🪑` })
    expect(kept.search_term).toBe('x'.repeat(MAX_TEXT_LENGTH - 1))
    expect(tally).toEqual({ 'over-long-text': 1 })
  })

  it('of text may come as a number, and counts as absent where it is blank', () => {
    expect(cleaned({ search_term: 2026, coupon: '', promotion_id: '  ', creative_slot: null })).toEqual({
      kept: { search_term: '2026' },
      tally: {},
    })
  })

  it('of currency is upper-cased, and three letters or nothing', () => {
    expect(cleaned({ currency: 'eur' }).kept).toEqual({ currency: 'EUR' })
    expect(cleaned({ currency: 'Euro' })).toEqual({ kept: {}, tally: { 'unknown-field': 1 } })
  })

  it('that GA4 does not have is dropped, and one that is no value', () => {
    expect(cleaned({ send_to: 'G-1', user_id: 'me', search_term: { a: 1 }, coupon: Symbol('x') })).toEqual({
      kept: {},
      tally: { 'unknown-field': 4 },
    })
  })

  it('named like a part of every object reaches none', () => {
    const params: unknown = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":1,"toString":2,"items":[{"item_id":"a","__proto__":{"price":3}}]}',
    )
    const { kept, tally } = cleaned(params)
    expect(kept).toEqual({ items: [{ item_id: 'a' }] })
    expect(Object.getPrototypeOf(kept.items![0]!)).toBe(Object.prototype)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(tally).toEqual({ 'unknown-field': 4 })
  })

  it('whose getter throws is dropped, and the others stay', () => {
    const params = {
      coupon: 'A',
      get search_term() {
        throw new Error('no')
      },
    }
    expect(cleaned(params)).toEqual({ kept: { coupon: 'A' }, tally: { 'unknown-field': 1 } })
  })
})

describe('items', () => {
  it('need an id, which may be a number', () => {
    const items = [{ item_id: 42 }, { item_id: '' }, { item_name: 'x' }, null, 'sku', 7, { item_id: Number.NaN }]
    expect(cleaned({ items })).toEqual({ kept: { items: [{ item_id: '42' }] }, tally: { 'item-without-id': 6, 'unknown-field': 1 } })
  })

  it('with an over-long id are dropped: cut, it would be another one', () => {
    const items = [{ item_id: 'a'.repeat(MAX_ID_LENGTH) }, { item_id: 'b'.repeat(MAX_ID_LENGTH + 1) }]
    const { kept, tally } = cleaned({ items })
    expect(kept.items).toEqual([items[0]])
    expect(tally).toEqual({ 'item-without-id': 1, 'over-long-text': 1 })
  })

  it('beyond 200 are cut', () => {
    const items = Array.from({ length: 250 }, (_, index) => ({ item_id: `${index}` }))
    const { kept, tally } = cleaned({ items })
    expect(kept.items).toEqual(items.slice(0, MAX_ITEMS_PER_EVENT))
    expect(tally).toEqual({ 'too-many-items': 50 })
  })

  it('survive cycles, revoked proxies and getters that throw', () => {
    const cyclic: Record<string, unknown> = { item_id: 'c' }
    cyclic.self = cyclic
    cyclic.item_name = cyclic
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    const throwing = new Proxy([{ item_id: 'p' }], {
      get: (target, key) => {
        if (key === '0') throw new Error('no')
        return Reflect.get(target, key)
      },
    })
    expect(cleaned({ items: [cyclic, revoked.proxy] }).kept).toEqual({ items: [{ item_id: 'c' }] })
    expect(cleaned({ items: throwing })).toEqual({ kept: {}, tally: { 'item-without-id': 1 } })
    expect(cleaned({ items: revoked.proxy })).toEqual({ kept: {}, tally: { 'unknown-field': 1 } })
    expect(clean(incoming(revoked.proxy), NOW, OLDEST)).toEqual({ reason: 'malformed-event' })
  })
})

function isWithinLimits(event: CleanEvent): boolean {
  const texts = (object: object) => Object.values(object).every((value) => typeof value !== 'string' || value.length <= MAX_TEXT_LENGTH)
  const numbers = (object: object) => Object.values(object).every((value) => typeof value !== 'number' || Number.isFinite(value))
  const isItem = (item: EventItem) =>
    typeof item.item_id === 'string' &&
    item.item_id.length > 0 &&
    item.item_id.length <= MAX_ID_LENGTH &&
    (item.price === undefined || (item.price >= 0 && item.price <= MAX_PRICE)) &&
    (item.quantity === undefined || (item.quantity >= 1 && item.quantity <= MAX_QUANTITY)) &&
    texts(item) &&
    numbers(item)
  const { items = [], ...fields } = event
  return items.length <= MAX_ITEMS_PER_EVENT && items.every(isItem) && texts(fields) && numbers(fields)
}

const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withTypedArray: true })
const nearMiss = fc.record(
  {
    items: fc.oneof(
      anything,
      fc.array(
        fc.oneof(
          anything,
          fc.record(
            {
              item_id: fc.oneof(fc.string(), fc.double(), anything),
              price: fc.oneof(fc.double(), anything),
              quantity: anything,
              item_name: anything,
            },
            { requiredKeys: [] },
          ),
        ),
      ),
    ),
    value: fc.oneof(fc.double(), fc.string(), anything),
    search_term: fc.oneof(fc.string({ maxLength: 2_000 }), anything),
    currency: anything,
    transaction_id: anything,
    __proto__: anything,
  },
  { requiredKeys: [] },
)

describe('whatever a site sends', () => {
  it('never throws, and leaves only what is within the limits', () => {
    fc.assert(
      fc.property(fc.oneof(anything, nearMiss), fc.constantFrom(...EVENT_NAMES), (params, name) => {
        const result = clean({ ...incoming(params), name }, NOW, OLDEST)
        if ('event' in result) expect(isWithinLimits(result.event)).toBe(true)
      }),
      { numRuns: 1_000, seed: 7 },
    )
  })

  it('never throws, whatever stands in the place of an event', () => {
    fc.assert(
      fc.property(anything, (event) => {
        expect(clean(event as never, NOW, OLDEST)).toEqual({ reason: 'malformed-event' })
      }),
      { numRuns: 300, seed: 8 },
    )
  })

  it('is clean when cleaned once: a stored event comes back as it was', () => {
    fc.assert(
      fc.property(nearMiss, (params) => {
        const first = clean(incoming(params), NOW, OLDEST)
        if ('reason' in first) return
        const stored: StoredEvent = { ...first.event, session: 3 }
        expect(clean(toIncoming(stored), NOW, OLDEST)).toEqual({ event: first.event, tally: {} })
      }),
      { numRuns: 300, seed: 9 },
    )
  })
})
