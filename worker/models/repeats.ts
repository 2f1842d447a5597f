import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'
import type { Recommender, Visit } from './recommender'

/** Steps back that are told apart; what lies further back counts as the last of them. */
export const STEPS_BACK = 20

/**
 * How often visitors come back to an item, by how many steps ago they last had it and whether that was the first time: the items of the
 * visit itself, also those that no log knows enough about. All others score 0.
 * @param part tensor `chances` Float32 [2, STEPS_BACK]: of items had once, then of items had again.
 * @throws SottoError `pack-invalid` naming what is missing or does not fit.
 */
export function openRepeats(part: ModelPart): Recommender {
  const reader = new PartReader(part)
  const chances = reader.tensor('chances', [Float32Array], 2 * STEPS_BACK)
  return {
    name: 'repeats',
    itemCount: reader.setting('itemCount'),
    score({ items }, out) {
      out.fill(0)
      for (const [place, item] of items.entries()) if (items.lastIndexOf(item) === place) out[item] = chances[chanceOf(items, place)]!
    },
    explain({ items }: Visit, item, out) {
      out.fill(0)
      const place = items.lastIndexOf(item)
      if (place >= 0) out[place] = chances[chanceOf(items, place)]!
    },
  }
}

/** Where the chance of an item stands that was last had at a place of the visit. */
export function chanceOf(items: Int32Array, place: number): number {
  const isAgain = items.indexOf(items[place]!) < place
  return Number(isAgain) * STEPS_BACK + Math.min(STEPS_BACK - 1, items.length - 1 - place)
}
