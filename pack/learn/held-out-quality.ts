import type { LoadedModel } from '../../worker/compute/tensors/model'
import { lastItems } from '../../worker/models/last-items'
import type { HeldOut } from './known-sequences'

const CUTOFF = 10
/** Questions at once: their logits for some ten thousand items are some megabytes. */
const BATCH = 128

/**
 * NDCG@10 of a network on what was held out: each target ranked among all items but those of its visit; a tie counts against it.
 * @param length items of a visit that the network reads.
 * @returns 0 to 1. 0 where nothing was held out.
 */
export async function heldOutQuality(model: LoadedModel, heldOut: readonly HeldOut[], length: number): Promise<number> {
  let sum = 0
  for (let from = 0; from < heldOut.length; from += BATCH) {
    const asked = heldOut.slice(from, from + BATCH)
    const [logits] = await model.run(
      lastItems(
        asked.map(({ visit }) => visit),
        length,
      ),
    )
    const width = logits!.length / asked.length
    asked.forEach((question, at) => {
      const rank = rankOf(question, logits!.subarray(at * width, (at + 1) * width))
      if (rank <= CUTOFF) sum += 1 / Math.log2(rank + 1)
    })
  }
  return heldOut.length ? sum / heldOut.length : 0
}

function rankOf({ visit, target }: HeldOut, logits: Float32Array): number {
  const own = logits[target]!
  for (const item of visit) if (item !== target) logits[item] = Number.NEGATIVE_INFINITY
  let rank = 0
  for (const logit of logits) if (logit >= own) rank++
  return rank
}
