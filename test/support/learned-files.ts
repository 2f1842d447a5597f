import { writePart } from '../../pack/write-part'
import type { PackPartsOptions } from '../../worker/catalog/pack-parts'
import type { ModelPart } from '../../worker/models/model-part'
import { Learned } from '../../worker/ranking/learned/learned'
import { nodeTensors } from './node-tensors'

/** What was learned for a catalog of `total` items, its files served from memory; `asked` notes which were fetched. */
export function learnedFrom(parts: readonly ModelPart[], total: number): { readonly learned: Learned; readonly asked: string[] } {
  const asked: string[] = []
  const written = parts.map((part) => ({ model: part.model, file: `${part.model}.pack`, content: writePart(part) }))
  const live: PackPartsOptions['live'] = {
    plan: {
      contentHash: 1,
      total,
      tailCount: 0,
      tailFiles: [],
      problems: {},
      partFiles: written.map(({ model, file, content }) => ({ model, file, bytes: content.length })),
      folder: 'https://shop.example/packs/',
      tailOf: () => -1,
      loadTail: () => Promise.reject(new Error('there is none')),
    },
    get current(): never {
      throw new Error('not looked at while no tail is out of turn')
    },
    shards: [],
    loadedTails: [],
    isComplete: true,
    fault: undefined,
    with: () => Promise.reject(new Error('not asked')),
    settled: () => Promise.reject(new Error('not asked')),
    stop() {},
  }
  const learned = new Learned(
    {
      live,
      fetch: async (url) => {
        asked.push(String(url))
        const found = written.find(({ file }) => String(url).endsWith(`/${file}`))
        return found ? new Response(found.content) : new Response(null, { status: 404 })
      },
      store: () => undefined,
      write: (work) => work(),
    },
    nodeTensors(),
  )
  return { learned, asked }
}
