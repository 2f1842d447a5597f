import { afterAll, beforeAll, expect, it } from 'vitest'
import type { IncomingEvent } from '../../src/shared/events'
import { openHistory } from '../../worker/store/open-history'
import { DAY, eventMaker, NOW } from '../unit/history/make-event'
import { clearSiteData, setQuota } from './history-devtools'
import { freshNamespace, removeAll } from './history-namespaces'

const QUOTA_BYTES = 1_000_000
const BATCH_COUNT = 100

beforeAll(async () => {
  // Chromium remembers how much room an origin had: forgotten with the origin's data.
  await clearSiteData()
  await setQuota(QUOTA_BYTES)
})

afterAll(async () => {
  await setQuota(undefined)
  await removeAll()
})

/** 468 characters that do not compress to next to nothing. */
function unlikeAnother(): string {
  return Array.from({ length: 13 }, () => crypto.randomUUID()).join('')
}

it('survives a quota that is truly used up: memory stands in and nothing acknowledged is lost', async () => {
  const options = { namespace: freshNamespace(), maxAgeMs: 180 * DAY, maxEvents: 10_000, now: () => NOW }
  const store = await openHistory(options)
  const make = eventMaker()
  const stored: string[] = []
  const inMemory: string[] = []
  for (let batch = 0; batch < 60 && inMemory.length === 0; batch++) {
    const events = Array.from({ length: BATCH_COUNT }, (_, index): IncomingEvent => {
      const place = batch * BATCH_COUNT + index
      return make(NOW - DAY + place * 1_100, 'search', { search_term: unlikeAnother() })
    })
    for (const { id, outcome } of await store.append(events, false)) (outcome === 'stored' ? stored : inMemory).push(id)
  }
  expect(inMemory).toHaveLength(BATCH_COUNT)
  expect(store).toMatchObject({ kind: 'memory', fault: { code: 'storage-quota', details: { cause: 'QuotaExceededError' } } })

  const onDisk = await openHistory(options)
  const left = (await onDisk.all()).map(({ id }) => id)
  // All but the oldest, which made room: an unbroken end of what was acknowledged.
  expect(left.length).toBeGreaterThan(BATCH_COUNT)
  expect(left).toEqual(stored.slice(-left.length))
  expect((await onDisk.checkpoint()).count).toBe(left.length)
  expect((await store.all()).map(({ id }) => id)).toEqual([...left, ...inMemory])
  await Promise.all([store.close(), onDisk.close()])
})
