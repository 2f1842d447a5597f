import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EVENT_NAMES, type EventName, type EventParams, type StoredEvent } from '../../../src/shared/events'
import type { ItemTouch } from '../../../worker/history/checkpoint'
import { EVENT_WEIGHTS, eventWeight } from '../../../worker/history/event-weights'
import { fold, MAX_TOUCHES, type Touches } from '../../../worker/history/fold'
import { DAY, NOW } from './make-event'

function event(name: EventName, ids: readonly string[], time = NOW, more: EventParams = {}): StoredEvent {
  return { id: `${time}`, name, time, session: 1, items: ids.map((item_id) => ({ item_id })), ...more }
}

function touchesOf(...events: readonly StoredEvent[]): Touches {
  const touches: Touches = new Map()
  for (const one of events) fold(touches, one)
  return touches
}

function touchOf(...events: readonly StoredEvent[]): ItemTouch | undefined {
  return touchesOf(...events).get('a')
}

const month = 30 * DAY

describe('weight', () => {
  it('halves in thirty days and adds up', () => {
    expect(touchOf(event('view_item', ['a'], NOW - month), event('add_to_cart', ['a']))).toMatchObject({ weight: 3.5, time: NOW, views: 1 })
  })

  it('is the same in whatever order the events come', () => {
    const events = [event('view_item', ['a'], NOW - 2 * month), event('like', ['a'], NOW - month), event('select_item', ['a'])]
    const forwards = touchOf(...events)
    expect(forwards?.weight).toBeCloseTo(0.25 + 1.5 + 0.5, 12)
    expect(touchOf(...events.toReversed())?.weight).toBeCloseTo(forwards!.weight, 12)
  })

  it.each<[StoredEvent, number]>([
    [event('rate', ['a'], NOW, { rating: 5 }), 4],
    [event('rate', ['a'], NOW, { rating: 3 }), 0],
    [event('rate', ['a'], NOW, { rating: 1 }), -4],
    [event('rate', ['a']), 0],
    [event('read', ['a'], NOW, { dwell_s: 30, scroll_depth: 0 }), 1],
    [event('read', ['a'], NOW, { dwell_s: 3_000 }), 2],
    [event('read', ['a'], NOW, { scroll_depth: 0.5 }), 1],
    [event('purchase', ['a']), 5],
    [event('refund', ['a']), -5],
  ])('of %o is %d', (one, expected) => {
    expect(eventWeight(one)).toBeCloseTo(expected, 12)
  })

  it('of a shop deepens step by step, and is negative for what takes back', () => {
    const { view_item_list, select_item, view_item, add_to_cart, purchase, ...rest } = EVENT_WEIGHTS
    expect([view_item_list, select_item, view_item, add_to_cart, purchase]).toEqual([0, 0.5, 1, 3, 5])
    expect([rest.remove_from_cart, rest.dislike, rest.dismiss, rest.refund].every((weight) => weight < 0)).toBe(true)
    expect(rest.impression).toBe(0)
  })
})

describe('a touch', () => {
  it('is left by nothing that only the site chose to show', () => {
    expect(touchesOf(event('view_item_list', ['a']), event('impression', ['a']), event('view_promotion', ['a'])).size).toBe(0)
  })

  it('counts an item named twice in one event once', () => {
    expect(touchOf(event('view_item', ['a', 'a']))).toMatchObject({ weight: 1, views: 1 })
  })

  it('speaks of the weightiest event', () => {
    expect(touchOf(event('view_item', ['a']), event('purchase', ['a']), event('add_to_cart', ['a']))?.event).toBe('purchase')
    expect(touchOf(event('dismiss', ['a']), event('view_item', ['a']))?.event).toBe('view_item')
  })

  it('keeps the latest title', () => {
    const named = (name: string, time: number) => event('view_item', [], time, { items: [{ item_id: 'a', item_name: name }] })
    expect(touchOf(named('Old', NOW - 2), named('New', NOW), named('Older', NOW - 3))?.title).toBe('New')
    expect(touchOf(named('Old', NOW - 2), event('view_item', ['a']))?.title).toBe('Old')
  })

  it('goes to the end when touched again, and the one longest ago goes first', () => {
    const ids = Array.from({ length: MAX_TOUCHES }, (_, index) => `i${index}`)
    const touches = touchesOf(...ids.map((id, index) => event('view_item', [id], NOW + index)), event('view_item', ['i0'], NOW + 1_000))
    fold(touches, event('view_item', ['new'], NOW + 2_000))
    expect(touches.size).toBe(MAX_TOUCHES)
    expect([...touches.keys()].slice(-2)).toEqual(['i0', 'new'])
    expect(touches.has('i1')).toBe(false)
  })
})

describe('the cart', () => {
  it.each<[EventName[], boolean, boolean]>([
    [['add_to_cart'], true, false],
    [['view_cart'], true, false],
    [['add_to_cart', 'remove_from_cart'], false, false],
    [['add_to_cart', 'view_item'], true, false],
    [['add_to_cart', 'purchase'], false, true],
    [['add_to_cart', 'purchase', 'view_item'], false, true],
    [['purchase', 'refund'], false, false],
    [['purchase', 'add_to_cart'], true, true],
  ])('after %o: in cart %o, bought %o', (names, inCart, bought) => {
    expect(touchOf(...names.map((name, index) => event(name, ['a'], NOW + index)))).toMatchObject({ inCart, bought })
  })

  it('is emptied by a purchase that names nothing, or something else', () => {
    expect(touchOf(event('add_to_cart', ['a']), { id: 'p', name: 'purchase', time: NOW + 1, session: 1 })).toMatchObject({
      inCart: false,
      bought: false,
    })
    expect(touchOf(event('add_to_cart', ['a']), event('purchase', ['b'], NOW + 1))).toMatchObject({ inCart: false, bought: false })
  })

  it('is not filled again by an event that comes late', () => {
    expect(touchOf(event('remove_from_cart', ['a'], NOW), event('add_to_cart', ['a'], NOW - 1))?.inCart).toBe(false)
    expect(touchOf(event('add_to_cart', ['a'], NOW), event('purchase', ['b'], NOW - 1))?.inCart).toBe(true)
  })
})

describe('rejection', () => {
  it.each<[EventName[], boolean]>([
    [['dislike'], true],
    [['dismiss', 'view_item'], true],
    [['dismiss', 'like'], false],
    [['dislike', 'add_to_cart'], false],
    [['like', 'dislike'], true],
    [['remove_from_cart'], false],
  ])('after %o: %o', (names, rejected) => {
    expect(touchOf(...names.map((name, index) => event(name, ['a'], NOW + index)))?.rejected).toBe(rejected)
  })
})

it('stays bounded and finite, whatever happens', () => {
  const anyEvent = fc.record({
    name: fc.constantFrom(...EVENT_NAMES),
    ids: fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 50 }),
    time: fc.integer({ min: 0, max: 2 * NOW }),
  })
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      const touches = touchesOf(...events.map(({ name, ids, time }) => event(name, ids.map(String), time)))
      expect(touches.size).toBeLessThanOrEqual(MAX_TOUCHES)
      for (const [id, touch] of touches) {
        expect(touch.id).toBe(id)
        expect(Number.isFinite(touch.weight)).toBe(true)
      }
    }),
    { numRuns: 100, seed: 5 },
  )
})
