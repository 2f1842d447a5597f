import type { Item } from '../../src/shared/items'
import type { Catalog } from '../../worker/catalog/catalog'
import { createGrowingCatalog } from '../../worker/catalog/growing-catalog'
import { quantize } from '../../worker/catalog/quantize'
import { shardFromItems } from '../../worker/catalog/shard-from-items'
import type { Encoder } from '../../worker/text/encoder'
import { toUnit } from '../../worker/text/to-unit'
import { seededRandom } from './catalog-random'

const ADJECTIVES = ['red', 'oak', 'steel', 'compact', 'deluxe', 'folding', 'recycled', 'leather', 'wireless', 'heavy']
const NOUNS = ['chair', 'desk', 'lamp', 'binder', 'phone', 'envelope', 'stapler', 'shelf', 'printer', 'marker']

/** Made-up items with ids `item-0`, `item-1`, …; the noun of the title decides the category. The same at every run. */
export function makeItems(count: number, seed = 1): Item[] {
  const random = seededRandom(seed)
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!
  return Array.from({ length: count }, (_, index) => {
    const noun = pick(NOUNS)
    return {
      id: `item-${index}`,
      title: `${pick(ADJECTIVES)} ${noun} ${index}`,
      categories: ['Office', noun],
      price: Math.round(random() * 10_000) / 100,
      url: `/p/${index}`,
    }
  })
}

/** A catalog in memory whose items of one category lie close together. The same at every run. */
export function makeCatalog(count: number, dim: number, seed: number): Catalog {
  const random = seededRandom(seed)
  const items = makeItems(count, seed)
  const centres = new Map(NOUNS.map((noun) => [noun, Array.from({ length: dim }, () => random() - 0.5)]))
  const vectors = new Int8Array(count * dim)
  const scales = Float32Array.from(items, ({ categories: [, noun = ''] }, index) => {
    const vector = Float32Array.from(centres.get(noun)!, (centre) => centre + 0.4 * (random() - 0.5))
    return quantize(vector, vectors, index * dim)
  })
  return createGrowingCatalog(shardFromItems(items, dim, { vectors, scales }), count).current
}

/** An encoder without files: each word turns the vector one way. Counts its calls. */
export function fakeEncoder(dim = 128): Encoder & { calls: number } {
  return {
    dim,
    calls: 0,
    encode(text) {
      this.calls++
      const out = new Float32Array(dim)
      for (const word of text.toLowerCase().match(/\w+/g) ?? []) {
        let place = 0
        for (let at = 0; at < word.length; at++) place = (place * 7 + word.charCodeAt(at)) % dim
        out[place]! += 1
      }
      return toUnit(out)
    },
  }
}
