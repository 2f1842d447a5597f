import type { Weight } from '../../worker/compute/tensors/model'
import type { KnownItems } from '../../worker/models/known-items'
import type { ModelName, ModelPart, PartTensor, Settings } from '../../worker/models/model-part'

const LEVELS = 127

/**
 * A network as it lies in a pack: tables of a row an item as int8 with a factor for each row (off by at most half a step, 1/254 of the row's
 * largest value), the rest as floats.
 * @param weights what was learned; a weight whose first extent is the number of known items and that has another one is a table.
 */
export function networkPart(model: ModelName, weights: Readonly<Record<string, Weight>>, known: KnownItems, settings: Settings): ModelPart {
  const tensors: Record<string, PartTensor> = { rows: { shape: [known.rows.length], data: known.rows } }
  for (const [name, { shape, values }] of Object.entries(weights)) {
    const floats = Float32Array.from(values)
    if (shape.length === 2 && shape[0] === known.rows.length) {
      const { levels, scales } = quantizedRows(floats, shape[1]!)
      tensors[`${name}.levels`] = { shape, data: levels }
      tensors[`${name}.scales`] = { shape: [shape[0]], data: scales }
    } else tensors[name] = { shape, data: floats }
  }
  return { model, settings: { ...settings, itemCount: known.itemCount }, tensors }
}

/** A row is about `levels` times its scale; a row of zeros has scale 0. */
function quantizedRows(values: Float32Array, width: number): { readonly levels: Int8Array; readonly scales: Float32Array } {
  const levels = new Int8Array(values.length)
  const scales = new Float32Array(values.length / width)
  for (let row = 0; row < scales.length; row++) {
    const from = row * width
    let largest = 0
    for (let at = from; at < from + width; at++) largest = Math.max(largest, Math.abs(values[at]!))
    if (largest === 0) continue
    scales[row] = largest / LEVELS
    for (let at = from; at < from + width; at++) levels[at] = Math.round((values[at]! / largest) * LEVELS)
  }
  return { levels, scales }
}
