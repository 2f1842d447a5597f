import { openDB } from 'idb'
import { afterEach, expect, it } from 'vitest'
import { eventId } from '../../src/shared/event-id'
import { IndexedDbHistory } from '../../worker/store/indexeddb-history'
import { MemoryHistory } from '../../worker/store/memory-history'
import { openHistory } from '../../worker/store/open-history'
import { historyDatabase } from '../../worker/store/schema'
import { describeHistory } from '../unit/store/history-conformance'
import { freshNamespace, removeAll } from './history-namespaces'

afterEach(removeAll)

describeHistory('history on disk', async (options) => new IndexedDbHistory({ namespace: freshNamespace(), ...options }))
describeHistory('history as the engine opens it', (options) => openHistory({ namespace: freshNamespace(), ...options }))
describeHistory('history in memory, in a browser', async (options) => new MemoryHistory({ namespace: freshNamespace(), ...options }))

it('runs where IndexedDB is the real one', () => {
  expect(String(indexedDB.open)).toContain('[native code]')
})

it('keeps nothing too long of a visitor who only reads', async () => {
  const DAY = 86_400_000
  const options = { namespace: freshNamespace(), maxAgeMs: 180 * DAY, maxEvents: 10_000 }
  const then = new IndexedDbHistory({ ...options, now: () => DAY })
  const items = [{ item_id: 'lamp' }]
  await then.append([{ id: eventId(DAY, () => 'x'), name: 'view_item', time: DAY, params: { items } }], false)
  await then.close()

  const later = new IndexedDbHistory({ ...options, now: () => 200 * DAY })
  expect((await later.checkpoint()).touches).toEqual([])
  await later.close()
  // Read by the browser itself: the store would hide what is too old.
  const database = await openDB(historyDatabase(options.namespace))
  expect(await database.count('events')).toBe(0)
  database.close()
})
