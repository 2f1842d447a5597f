import { type Shape, sizeOf, type Weight } from '../compute/tensors/model'
import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'

/** Shapes of a network's weights by name. Tables of embeddings have a row an item. */
export type WeightShapes = Readonly<Record<string, Shape>>

/**
 * Takes a network's weights out of a part: what lies there as `NAME.levels` (Int8) with `NAME.scales`, a factor for each row, becomes floats.
 * @throws SottoError `pack-invalid` naming the tensor that is missing or of another length.
 */
export function networkWeights(part: ModelPart, shapes: WeightShapes): Record<string, Weight> {
  const reader = new PartReader(part)
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      if (part.tensors[name]) return [name, { shape, values: reader.tensor(name, [Float32Array], sizeOf(shape)) }]
      const levels = reader.tensor(`${name}.levels`, [Int8Array], sizeOf(shape))
      const scales = reader.tensor(`${name}.scales`, [Float32Array], shape[0]!)
      const width = levels.length / scales.length
      return [name, { shape, values: Float32Array.from(levels, (level, at) => level * scales[Math.floor(at / width)]!) }]
    }),
  )
}
