import type { InputSpec, Rows } from '../../worker/compute/tensors/model'
import type { Settings } from '../../worker/models/model-part'

/** Whether right answers are compared with `negatives` drawn items, or with all, where there are no more than those. */
function isDrawn(items: number, { negatives }: Settings): boolean {
  return items > negatives!
}

/** Items drawn at random, all alike: an input of so many a row that a batch has `negatives` in all. */
export function drawnRows(items: number, settings: Settings) {
  const each = Math.ceil(settings.negatives! / settings.batch!)
  const inputs: Record<string, InputSpec> = isDrawn(items, settings) ? { drawn: { shape: [each], type: 'int32', below: items } } : {}
  return {
    inputs,
    rows(count: number, random: () => number): Rows {
      if (!isDrawn(items, settings)) return {}
      return { drawn: Int32Array.from({ length: count * each }, () => Math.floor(random() * items)) }
    },
  }
}
