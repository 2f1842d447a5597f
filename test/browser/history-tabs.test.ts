import { afterEach, expect, it } from 'vitest'
import type { IncomingEvent, TrackReceipt } from '../../src/shared/events'
import { openHistory } from '../../worker/store/open-history'
import { DAY, views } from '../unit/history/make-event'
import { freshNamespace, removeAll } from './history-namespaces'

afterEach(removeAll)

const NOW = Date.now()
const options = (namespace: string) => ({ namespace, maxAgeMs: 180 * DAY, maxEvents: 10_000, now: Date.now })

/** Appends in a worker, with a connection of its own. */
function appendInTab(namespace: string, events: readonly IncomingEvent[], replayed = false): Promise<readonly TrackReceipt[]> {
  const worker = new Worker(new URL('./history-tab.ts', import.meta.url), { type: 'module' })
  return new Promise<readonly TrackReceipt[]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<readonly TrackReceipt[]>) => resolve(data)
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage({ namespace, events, replayed })
  }).finally(() => worker.terminate())
}

it('loses and doubles nothing when two stores and two workers append at once', async () => {
  const namespace = freshNamespace()
  const tabs = ['a', 'b', 'c', 'd'].map((tab) => views(80, NOW - 500, 3_000, tab))
  const items = tabs.map((events, tab) => events.map((event) => ({ ...event, params: { items: [{ item_id: `tab-${tab}-${event.id}` }] } })))
  const [first, second] = await Promise.all([openHistory(options(namespace)), openHistory(options(namespace))])
  const receipts = await Promise.all([
    ...items[0]!.map((event) => first.append([event], false)),
    ...items[1]!.map((event) => second.append([event], false)),
    appendInTab(namespace, items[2]!),
    appendInTab(namespace, items[3]!),
  ])
  expect(receipts.flat().every(({ outcome }) => outcome === 'stored')).toBe(true)
  const ids = (await first.all()).map(({ id }) => id)
  expect(ids).toEqual(
    items
      .flat()
      .map(({ id }) => id)
      .sort(),
  )
  const checkpoint = await second.checkpoint()
  expect(checkpoint).toMatchObject({ count: 320, counts: { view_item: 320 }, sessions: 1 })
  expect(checkpoint).toEqual(await first.checkpoint())
  await Promise.all([first.close(), second.close()])
})

it('stores a journal once that two tabs replay at once', async () => {
  const namespace = freshNamespace()
  const events = views(60, NOW - 500)
  const store = await openHistory(options(namespace))
  await store.append(events.slice(0, 20), false)
  await Promise.all([appendInTab(namespace, events, true), appendInTab(namespace, events, true), store.append(events, true)])
  expect((await store.all()).map(({ id }) => id)).toEqual(events.map(({ id }) => id))
  expect((await store.checkpoint()).touches.every(({ views }) => views === 1)).toBe(true)
  await store.close()
})

it('keeps what a worker had acknowledged when that was killed at once', async () => {
  const namespace = freshNamespace()
  const events = views(30, NOW - 500)
  const receipts = await appendInTab(namespace, events)
  expect(receipts.every(({ outcome }) => outcome === 'stored')).toBe(true)
  const store = await openHistory(options(namespace))
  expect(await store.all()).toHaveLength(30)
  await store.close()
})

it('lets go of the database when another tab wipes it, and starts anew with its next event', async () => {
  const namespace = freshNamespace()
  const [wiping, other] = await Promise.all([openHistory(options(namespace)), openHistory(options(namespace))])
  await wiping.append(views(5, NOW - 60_000), false)
  await other.append(views(5, NOW - 30_000, 2_000, 'o'), false)
  await wiping.wipe()
  expect(await other.all()).toEqual([])
  const [receipt] = await other.append(views(1, NOW, 0, 'n'), false)
  expect(receipt?.outcome).toBe('stored')
  expect(await wiping.checkpoint()).toMatchObject({ count: 1, sessions: 1 })
  expect(other.fault).toBeUndefined()
  await Promise.all([wiping.close(), other.close()])
})
