import { describe, expect, it } from 'vitest'
import { eventIdPrefix } from '../../../src/shared/event-id'
import type { StoredEvent } from '../../../src/shared/events'
import type { HistoryOptions, HistoryStore } from '../../../worker/store/history-store'
import { DAY, eventMaker, MINUTE, NOW, views } from '../history/make-event'

/** What every history must do, wherever it keeps its events. `open` gives an empty one of its own each time. */
export function describeHistory(name: string, open: (options: Omit<HistoryOptions, 'namespace'>) => Promise<HistoryStore>): void {
  const fresh = (options: Partial<HistoryOptions> = {}) => open({ maxAgeMs: 180 * DAY, maxEvents: 10_000, now: () => NOW, ...options })
  const items = (...ids: string[]) => ({ items: ids.map((item_id) => ({ item_id })) })

  describe(name, () => {
    it('is empty before anything happened', async () => {
      const store = await fresh()
      expect(await store.checkpoint()).toMatchObject({ version: 1, count: 0, sessions: 0, touches: [] })
      expect(await store.all()).toEqual([])
      expect(await store.query({})).toEqual([])
    })

    it('keeps what is appended, cleaned and in a session, with the checkpoint it leads to', async () => {
      const store = await fresh()
      const event = eventMaker()(NOW, 'view_item', { items: [{ item_id: 'a', item_name: 'Chair', price: -1 }] })
      const receipts = await store.append([event], false)
      expect(receipts).toEqual([{ id: event.id, outcome: store.kind === 'memory' ? 'memory' : 'stored' }])
      expect(await store.all()).toEqual([
        { id: event.id, name: 'view_item', time: NOW, session: 1, items: [{ item_id: 'a', item_name: 'Chair' }] },
      ])
      expect(await store.checkpoint()).toMatchObject({
        count: 1,
        firstTime: NOW,
        lastTime: NOW,
        sessions: 1,
        counts: { view_item: 1 },
        dropped: { 'impossible-price': 1 },
        touches: [{ id: 'a', title: 'Chair', weight: 1, views: 1 }],
      })
    })

    it('gives one receipt an event, in order, and counts what it drops', async () => {
      const store = await fresh()
      const make = eventMaker()
      const kept = make(NOW - 5_000, 'search', { search_term: 'desk' })
      const future = make(NOW + DAY, 'view_item')
      const expired = make(NOW - 181 * DAY, 'view_item')
      const last = make(NOW, 'view_item')
      const receipts = await store.append([kept, future, expired, last], false)
      expect(receipts.map(({ id, reason }) => [id, reason])).toEqual([
        [kept.id, undefined],
        [future.id, 'future-time'],
        [expired.id, 'expired'],
        [last.id, undefined],
      ])
      expect((await store.checkpoint()).dropped).toEqual({ 'future-time': 1, expired: 1 })
    })

    it('appends batches that come at once, in order, each with its own receipts', async () => {
      const store = await fresh()
      const events = views(50)
      const receipts = await Promise.all(events.map((event) => store.append([event], false)))
      expect(receipts.flat().map(({ id }) => id)).toEqual(events.map(({ id }) => id))
      expect((await store.all()).map(({ id }) => id)).toEqual(events.map(({ id }) => id))
      expect((await store.checkpoint()).count).toBe(50)
    })

    it('leads to the same store in one batch or in many', async () => {
      const make = eventMaker()
      const events = [
        ...views(40, NOW - 100 * MINUTE),
        make(NOW - 50 * MINUTE, 'add_to_cart', items('sku-3', 'sku-4')),
        make(NOW - 50 * MINUTE + 10, 'add_to_cart', items('sku-3', 'sku-4')),
        make(NOW, 'purchase', { transaction_id: 'T1', ...items('sku-3') }),
        make(NOW - 51 * MINUTE, 'view_item', items('late')),
      ]
      const [whole, single] = [await fresh({ maxEvents: 20 }), await fresh({ maxEvents: 20 })]
      await whole.append(events, false)
      for (const event of events) await single.append([event], false)
      expect(await single.all()).toEqual(await whole.all())
      expect(await single.checkpoint()).toEqual(await whole.checkpoint())
    })

    it('keeps one event an id, however often it is sent', async () => {
      const store = await fresh()
      const events = views(20)
      await store.append(events, false)
      const before = await store.checkpoint()
      for (const replayed of [false, true]) {
        const receipts = await store.append(events.slice(0, 12), replayed)
        expect(receipts.every(({ outcome }) => outcome !== 'dropped')).toBe(true)
      }
      expect(await store.all()).toHaveLength(20)
      expect(await store.checkpoint()).toEqual(before)
    })

    it('stores what is new in a batch that is known in part', async () => {
      const store = await fresh()
      const events = views(10)
      await store.append(events.slice(0, 5), false)
      await store.append(events, false)
      await store.append([...events, ...events], true)
      expect((await store.all()).map(({ id }) => id)).toEqual(events.map(({ id }) => id))
    })

    it('keeps one event an id that is sent again long after, unannounced', async () => {
      const store = await fresh()
      const events = views(301)
      await store.append(events.slice(0, 300), false)
      const receipts = await store.append([events[0]!, events[300]!], false)
      expect(receipts.every(({ outcome }) => outcome !== 'dropped')).toBe(true)
      expect((await store.all()).map(({ id }) => id)).toEqual(events.map(({ id }) => id))
      expect(await store.checkpoint()).toMatchObject({ count: 301, counts: { view_item: 301 } })
    })

    it('adds nothing when duplicates are replayed that it had dropped, however long ago', async () => {
      const store = await fresh()
      const make = eventMaker()
      const first = make(NOW - DAY, 'view_item', items('a'))
      const double = make(NOW - DAY + 500, 'view_item', items('a'))
      await store.append([first, double], false)
      await store.append(views(200), false)
      const [receipt] = await store.append([double], true)
      expect(receipt?.reason).toBe('duplicate-event')
      expect((await store.checkpoint()).count).toBe(201)
    })

    it('counts a transaction once, and its refund apart', async () => {
      const store = await fresh()
      const make = eventMaker()
      await store.append([make(NOW - 60_000, 'purchase', { transaction_id: 'T1', ...items('a') })], false)
      const receipts = await store.append(
        [make(NOW - 30_000, 'purchase', { transaction_id: 'T1', ...items('a') }), make(NOW, 'refund', { transaction_id: 'T1' })],
        false,
      )
      expect(receipts.map(({ reason }) => reason)).toEqual(['duplicate-transaction', undefined])
    })

    it('answers queries newest first, by type, item, time and limit', async () => {
      const store = await fresh()
      const make = eventMaker()
      const cart = make(NOW - 1_000, 'add_to_cart', items('sku-7'))
      await store.append([...views(600, NOW - 10_000), cart], false)
      const ids = async (query: Parameters<HistoryStore['query']>[0]) => (await store.query(query)).map(({ id }) => id)
      const all = (await store.all()).map(({ id }) => id)
      expect(await ids({})).toEqual(all.toReversed().slice(0, 100))
      expect(await ids({ limit: 10_000 })).toEqual(all.toReversed())
      expect(await ids({ limit: 3 })).toEqual(all.toReversed().slice(0, 3))
      expect(await ids({ limit: 0 })).toEqual([])
      expect(await ids({ type: 'add_to_cart' })).toEqual([cart.id])
      expect((await store.query({ item: 'sku-7' })).map(({ name }) => name)).toEqual(['add_to_cart', 'view_item'])
      expect(await ids({ since: NOW - 10_000 })).toEqual(all.toReversed().slice(0, 2))
      expect(await ids({ since: NOW + 1 })).toEqual([])
    })

    it('deletes the oldest beyond the cap, in slabs, and keeps the counts right', async () => {
      const store = await fresh({ maxEvents: 100 })
      const events = views(131, NOW, 10_000)
      await store.append(events.slice(0, 1), false)
      for (let start = 1; start < events.length; start += 13) await store.append(events.slice(start, start + 13), false)
      const left = await store.all()
      expect(left).toHaveLength(96) // 31 over the cap: seven slabs of five
      expect(left.map(({ id }) => id)).toEqual(events.slice(-96).map(({ id }) => id))
      expect(await store.checkpoint()).toMatchObject({ count: 96, counts: { view_item: 96 }, firstTime: events.at(-96)!.time })
      // Acknowledged, deleted since: a replay is not new.
      expect((await store.append([events[34]!], true))[0]).toMatchObject({ outcome: 'dropped', reason: 'expired' })
    })

    it('copes with a batch larger than the cap', async () => {
      const store = await fresh({ maxEvents: 100 })
      await store.append(views(1_000), false)
      expect(await store.all()).toHaveLength((await store.checkpoint()).count)
      expect((await store.checkpoint()).count).toBeLessThanOrEqual(100)
    })

    it('deletes what is too old with the next append, and gives none of it before', async () => {
      let now = NOW
      const store = await fresh({ now: () => now })
      const make = eventMaker()
      await store.append([make(NOW - 170 * DAY, 'view_item', items('old')), make(NOW, 'view_item', items('young'))], false)
      now = NOW + 11 * DAY
      expect((await store.all()).map(({ time }) => time)).toEqual([NOW])
      expect((await store.query({})).map(({ time }) => time)).toEqual([NOW])
      expect((await store.checkpoint()).touches.map(({ id }) => id)).toEqual(['young'])
      await store.append([make(now, 'search', { search_term: 'x' })], false)
      expect(await store.checkpoint()).toMatchObject({
        count: 2,
        firstTime: NOW,
        counts: { view_item: 1, search: 1 },
        touches: [{ id: 'young' }],
      })
      now = NOW
      expect((await store.all()).some(({ time }) => time < NOW)).toBe(false)
    })

    it('lives through a clock set back: opens one session, loses nothing, lets the future-dated make room', async () => {
      let now = NOW + 400 * DAY
      const store = await fresh({ now: () => now, maxEvents: 100 })
      await store.append(views(100, now, 2_000, 'w'), false)
      now = NOW
      const after = views(60, NOW, 2_000, 'n')
      for (const event of after) await store.append([event], false)
      const left = await store.all()
      const kept = new Set(left.map(({ id }) => id))
      expect(after.every(({ id }) => kept.has(id))).toBe(true)
      const checkpoint = await store.checkpoint()
      expect(checkpoint).toMatchObject({ sessions: 2, lastTime: NOW, count: left.length, firstTime: after[0]!.time })
      expect(checkpoint.touches.every(({ time }) => time <= NOW)).toBe(true)
      now = NOW + 31 * MINUTE
      await store.append([eventMaker('z')(now, 'view_item')], false)
      expect((await store.checkpoint()).sessions).toBe(3)
    })

    it('never throws, whatever it is sent', async () => {
      const store = await fresh()
      const garbage: unknown[] = [
        null,
        7,
        'x',
        [],
        {},
        { id: 'x', name: 'view_item', time: NOW },
        { id: eventIdPrefix(NOW), name: 'view_item', time: NOW },
      ]
      const receipts = await store.append(garbage as never, true)
      expect(receipts.map(({ reason }) => reason)).toEqual(garbage.map(() => 'malformed-event'))
      expect((await store.checkpoint()).dropped).toEqual({ 'malformed-event': garbage.length })
      expect(await store.append([], false)).toEqual([])
    })

    it('is empty and usable after a wipe; what was appended before is gone, what comes after stays', async () => {
      const store = await fresh()
      const make = eventMaker()
      await store.append(views(5, NOW - MINUTE), false)
      const before = store.append([make(NOW - 5_000, 'view_item')], false)
      const wiped = store.wipe()
      const after = store.append([make(NOW, 'search', { search_term: 'lamp' })], false)
      await Promise.all([before, wiped, after])
      const left: readonly StoredEvent[] = await store.all()
      expect(left.map(({ name }) => name)).toEqual(['search'])
      expect(await store.checkpoint()).toMatchObject({ count: 1, sessions: 1, counts: { search: 1 } })
      await store.wipe()
      expect(await store.all()).toEqual([])
      expect((await store.checkpoint()).count).toBe(0)
    })

    it('keeps a note beside the events, changed by one after the other, and gone with them', async () => {
      const store = await fresh()
      const add = (kept: unknown) => ({ count: kept === undefined ? 1 : (kept as { count: number }).count + 1 }) // as written below
      expect(await store.note('ranker', add)).toBeUndefined()
      expect(await store.note('ranker')).toBeUndefined()
      await store.append(views(1), false)
      await Promise.all([store.note('ranker', add), store.note('ranker', add)])
      expect(await store.note('ranker')).toEqual({ count: 2 })
      expect((await store.checkpoint()).count).toBe(1)
      const wiped = store.wipe()
      const late = store.note('ranker', add)
      await Promise.all([wiped, late.catch(() => {})])
      expect(await store.note('ranker')).toBeUndefined()
    })

    it('holds more than 256 touches in no case', async () => {
      const store = await fresh()
      await store.append(views(300), false)
      const { touches } = await store.checkpoint()
      expect(touches).toHaveLength(256)
      expect(touches.at(-1)?.id).toBe('sku-299')
    })
  })
}
