import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'
import { LOG_COUNT_UNITS } from './popularity'
import type { Recommender } from './recommender'

/**
 * How many visitors lately took an item for their first time, whoever asks: tensor `counts` [itemCount] Uint16, in 1/2048 of the logarithm of
 * 1 + count. The score is the count itself.
 * @throws SottoError `pack-invalid`
 */
export function openLately(part: ModelPart): Recommender {
  const counts = Float32Array.from(new PartReader(part).tensor('counts', [Uint16Array]), (count) => Math.expm1(count / LOG_COUNT_UNITS))
  return {
    name: 'lately',
    itemCount: counts.length,
    score(_visit, out) {
      out.set(counts)
    },
    explain(_visit, _item, out) {
      out.fill(0)
    },
  }
}
