import { writePart } from '../../pack/write-part'
import type { PackPartsOptions } from '../../worker/catalog/pack-parts'
import type { ModelPart } from '../../worker/models/model-part'
import { Learned } from '../../worker/ranking/learned/learned'
import { nodeTensors } from './node-tensors'

/**
 * What was learned for a catalog of `total` items, its files served from memory; `asked` notes which were fetched, `faults` what failed, `news` what the page was told.
 * @param serve what the server answers; default: the files.
 */
export function learnedFrom(
  parts: readonly ModelPart[],
  total: number,
  serve = (content: Uint8Array<ArrayBuffer> | undefined) => (content ? new Response(content) : new Response(null, { status: 404 })),
): {
  readonly learned: Learned
  readonly asked: string[]
  readonly faults: unknown[]
  readonly news: string[]
} {
  const faults: unknown[] = []
  const news: string[] = []
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
        return serve(written.find(({ file }) => String(url).endsWith(`/${file}`))?.content)
      },
      store: () => undefined,
      write: (work) => work(),
      now: () => 0,
      later: (work) =>
        work().then(
          (isTold) => void (isTold && news.push('catalog')),
          (thrown) => void faults.push(thrown),
        ),
      note: (thrown) => {
        faults.push(thrown)
        return undefined
      },
    },
    nodeTensors(),
  )
  return { learned, asked, faults, news }
}
