import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'
import { positionWeights } from './recency'
import type { Recommender, Visit } from './recommender'

/**
 * Visitors like this one, as prototypes: of each, which share of the many visitors behind it took an item. A visit and a prototype are as
 * alike as the cosine of their vectors, with items weighted by how rare they are; the score of an item is the sum over all prototypes of
 * that likeness, to the power of `sharpness`, times the share. Nothing speaks for anything where the visit has no item in common with a
 * prototype.
 *
 * Tensors: `sizes` [prototypes] Uint32 visitors behind each; `lengths` [prototypes] Uint16; `items` Uint16 or Uint32 and `shares` Uint8, of
 * each prototype's items in turn; a share counts in 1/255 of `scales` [prototypes]. Settings: `itemCount`, `sharpness`, `decay` and
 * `halfLifeDays` of positions in the visit.
 * @throws SottoError `pack-invalid` naming a tensor or setting that is missing or does not fit.
 */
export function openUserNeighbours(part: ModelPart): Recommender {
  return new UserNeighbours(readPrototypes(part))
}

/** A level of `shares` is 1/255 of the prototype's scale. */
export const SHARE_LEVELS = 255

type Prototypes = ReturnType<typeof readPrototypes>

function readPrototypes(part: ModelPart) {
  const reader = new PartReader(part)
  const sizes = reader.tensor('sizes', [Uint32Array])
  const lengths = reader.tensor('lengths', [Uint16Array], sizes.length)
  const scales = reader.tensor('scales', [Float32Array], sizes.length)
  const starts = new Uint32Array(sizes.length + 1)
  for (let at = 0; at < sizes.length; at++) starts[at + 1] = starts[at]! + lengths[at]!
  const count = starts[sizes.length]!
  const items = reader.tensor<Uint16Array | Uint32Array>('items', [Uint16Array, Uint32Array], count)
  const levels = reader.tensor('shares', [Uint8Array], count)
  const itemCount = reader.setting('itemCount')
  for (const item of items) if (item >= itemCount) throw reader.wrong(`tensor "items" names row ${item} of ${itemCount}`)
  const shares = new Float32Array(count)
  const taken = new Float64Array(itemCount)
  let visitors = 0
  for (let prototype = 0; prototype < sizes.length; prototype++) {
    visitors += sizes[prototype]!
    for (let at = starts[prototype]!; at < starts[prototype + 1]!; at++) {
      shares[at] = (levels[at]! * scales[prototype]!) / SHARE_LEVELS
      taken[items[at]!]! += shares[at]! * sizes[prototype]!
    }
  }
  const rarity = Float32Array.from(taken, (count) => (count > 0 ? Math.log(1 + visitors / count) : 0))
  const recency = { decay: reader.setting('decay'), halfLifeDays: reader.setting('halfLifeDays', 0) }
  return { itemCount, starts, items, shares, rarity, recency, sharpness: reader.setting('sharpness') }
}

class UserNeighbours implements Recommender {
  readonly name = 'user-neighbours'
  readonly itemCount: number
  readonly #prototypes: Prototypes
  /** [prototypes] lengths of their vectors, items weighted by rarity. */
  readonly #norms: Float64Array

  constructor(prototypes: Prototypes) {
    const { itemCount, starts, items, shares, rarity } = prototypes
    this.#prototypes = prototypes
    this.itemCount = itemCount
    this.#norms = new Float64Array(starts.length - 1)
    for (let prototype = 0; prototype < this.#norms.length; prototype++) {
      let squares = 0
      for (let at = starts[prototype]!; at < starts[prototype + 1]!; at++) squares += (shares[at]! * rarity[items[at]!]!) ** 2
      this.#norms[prototype] = Math.sqrt(squares)
    }
  }

  score(visit: Visit, out: Float32Array): void {
    out.fill(0)
    const { starts, items, shares } = this.#prototypes
    const { likeness } = this.#compare(visit)
    for (let prototype = 0; prototype < likeness.length; prototype++) {
      const alike = likeness[prototype]!
      if (alike > 0) for (let at = starts[prototype]!; at < starts[prototype + 1]!; at++) out[items[at]!]! += alike * shares[at]!
    }
  }

  /** What a prototype says for the item is divided among positions by what each adds to the likeness. */
  explain(visit: Visit, item: number, out: Float32Array): void {
    out.fill(0)
    const { starts, items, shares, rarity } = this.#prototypes
    const { likeness, dots, worth } = this.#compare(visit)
    for (let prototype = 0; prototype < likeness.length; prototype++) {
      const start = starts[prototype]!
      const row = items.subarray(start, starts[prototype + 1])
      const shareOf = (wanted: number) => shares[start + row.indexOf(wanted)]!
      if (!likeness[prototype] || !row.includes(item)) continue
      const said = (likeness[prototype]! * shareOf(item)) / dots[prototype]!
      for (const [at, other] of visit.items.entries()) {
        if (row.includes(other)) out[at]! += said * worth[at]! * rarity[other]! ** 2 * shareOf(other)
      }
    }
  }

  /** @returns of each prototype the dot product with the visit and the likeness that comes of it; of each position its worth. */
  #compare(visit: Visit) {
    const { starts, items, shares, rarity, recency, sharpness } = this.#prototypes
    const worth = positionWeights(visit, recency)
    const vector = new Float64Array(this.itemCount)
    for (const [at, item] of visit.items.entries()) vector[item]! += worth[at]! * rarity[item]!
    const length = Math.sqrt(visit.items.reduce((sum, item, at) => sum + worth[at]! * rarity[item]! * vector[item]!, 0))
    const dots = new Float64Array(starts.length - 1)
    const likeness = new Float64Array(dots.length)
    for (let prototype = 0; prototype < dots.length; prototype++) {
      let dot = 0
      for (let at = starts[prototype]!; at < starts[prototype + 1]!; at++) dot += vector[items[at]!]! * rarity[items[at]!]! * shares[at]!
      dots[prototype] = dot
      if (dot > 0) likeness[prototype] = (dot / (length * this.#norms[prototype]!)) ** sharpness
    }
    return { likeness, dots, worth }
  }
}
