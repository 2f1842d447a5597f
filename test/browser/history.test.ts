import { afterEach, expect, it } from 'vitest'
import { IndexedDbHistory } from '../../worker/store/indexeddb-history'
import { MemoryHistory } from '../../worker/store/memory-history'
import { openHistory } from '../../worker/store/open-history'
import { describeHistory } from '../unit/store/history-conformance'
import { freshNamespace, removeAll } from './history-namespaces'

afterEach(removeAll)

describeHistory('history on disk', async (options) => new IndexedDbHistory({ namespace: freshNamespace(), ...options }))
describeHistory('history as the engine opens it', (options) => openHistory({ namespace: freshNamespace(), ...options }))
describeHistory('history in memory, in a browser', async (options) => new MemoryHistory({ namespace: freshNamespace(), ...options }))

it('runs where IndexedDB is the real one', () => {
  expect(String(indexedDB.open)).toContain('[native code]')
})
