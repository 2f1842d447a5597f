import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'
import { positionWeights } from './recency'
import type { Recommender } from './recommender'
import { addRow, readSparseRows, weightBetween } from './sparse-rows'

/**
 * A model that is one sparse matrix from items to items: the score is the sum of the rows of what was visited, each by how recent it is.
 * @throws SottoError `pack-invalid` as `readSparseRows`, or without the setting `decay`.
 */
export function openRowModel(part: ModelPart): Recommender {
  const reader = new PartReader(part)
  const rows = readSparseRows(reader)
  const recency = { decay: reader.setting('decay'), halfLifeDays: reader.setting('halfLifeDays', 0) }
  return {
    name: part.model,
    itemCount: rows.starts.length - 1,
    score(visit, out) {
      out.fill(0)
      const worth = positionWeights(visit, recency)
      for (let at = 0; at < worth.length; at++) if (worth[at]! > 0) addRow(rows, visit.items[at]!, worth[at]!, out)
    },
    explain(visit, item, out) {
      const worth = positionWeights(visit, recency)
      for (let at = 0; at < worth.length; at++) out[at] = worth[at]! && worth[at]! * weightBetween(rows, visit.items[at]!, item)
    },
  }
}
