import { type Shape, sizeOf, type Weight } from '../../worker/compute/tensors/model'
import { seededRandom, stepSeed } from '../../worker/compute/tensors/seeded-random'
import type { WeightShapes } from '../../worker/models/network-weights'
import { neighbourEmbeddings } from './neighbour-embeddings'

/** What comes on top of a residual begins as little more than nothing, so that the embeddings below are not drowned in noise. */
const RESIDUAL_SHARE = 0.1

/**
 * Weights to start learning from: tables of items (first extent `items`, second another) from who stands near whom; biases 0, gains 1;
 * matrices normal, such that values neither grow nor vanish on their way, or a tenth of it where they end in `output` or `down`.
 * Source: Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010, eq. 12.
 */
export function drawWeights(
  shapes: WeightShapes,
  sequences: readonly Int32Array[],
  items: number,
  seed: number,
): Record<string, Weight & { readonly values: Float32Array }> {
  const tables = new Map<number, Float32Array>()
  const tableOf = (dim: number) => {
    const table = tables.get(dim) ?? neighbourEmbeddings(sequences, items, dim, seed)
    tables.set(dim, table)
    return table.slice()
  }
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape], slot) => {
      const isTable = shape.length === 2 && shape[0] === items
      return [name, { shape, values: isTable ? tableOf(shape[1]!) : drawn(name, shape, seededRandom(stepSeed(seed, slot))) }]
    }),
  )
}

function drawn(name: string, shape: Shape, random: () => number): Float32Array {
  const values = new Float32Array(sizeOf(shape))
  if (name.endsWith('bias')) return values
  if (name.endsWith('gain')) return values.fill(1)
  const ends = shape.reduce((sum, extent) => sum + extent, 0)
  const deviation = Math.sqrt(2 / ends) * (/output$|down$/.test(name) ? RESIDUAL_SHARE : 1)
  return values.map(() => deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()))
}
