import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'
import type { Recommender } from './recommender'

/**
 * What most visitors took, whoever asks: tensor `counts` [itemCount] Uint16, in 1/2048 of the logarithm of 1 + count.
 * @throws SottoError `pack-invalid`
 */
export function openPopularity(part: ModelPart): Recommender {
  const counts = new PartReader(part).tensor('counts', [Uint16Array])
  return {
    name: 'popularity',
    itemCount: counts.length,
    score(_visit, out) {
      for (let item = 0; item < counts.length; item++) out[item] = counts[item]! / LOG_COUNT_UNITS
    },
    explain(_visit, _item, out) {
      out.fill(0)
    },
  }
}

/** Steps to a unit of the logarithm: counts to 10^13 fit 16 bits, and no two below 1,500 fall together. */
export const LOG_COUNT_UNITS = 2048
