import { expect, it } from 'vitest'
import { createGrowingCatalog } from '../../../worker/catalog/growing-catalog'
import { saveLive } from '../../../worker/catalog/save-live'
import { shardFromItems } from '../../../worker/catalog/shard-from-items'
import type { CatalogStore } from '../../../worker/store/catalog-store'
import { makeItems } from '../../support/catalog-make'

it('asks nothing of a disk that must not be used any more', async () => {
  const calls: string[] = []
  const store = { read: async () => void calls.push('read'), save: async () => void calls.push('save') }
  const shard = shardFromItems(makeItems(3), 2, { vectors: new Int8Array(6), scales: new Float32Array(3) })
  const { current, shards } = createGrowingCatalog(shard, 3)
  const plan = { contentHash: 1, total: 3, tailCount: 0, tailFiles: [], problems: {}, tailOf: () => -1, loadTail: async () => shard }
  const live = { plan, current, shards, loadedTails: [], isComplete: true, fault: undefined }
  const unused = { with: async () => current, settled: async () => current, stop: () => {} }
  const save = (isWanted: boolean) =>
    saveLive(
      store as unknown as CatalogStore, // which needs a disk
      { kind: 'url', url: '/c.json' },
      { ...live, ...unused },
      1,
      () => isWanted,
      { breathe: () => undefined },
    )
  await save(false)
  expect(calls).toEqual([])
  await save(true)
  expect(calls).toEqual(['read', 'save'])
})
