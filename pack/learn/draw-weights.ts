import { sizeOf, type Weight } from '../../worker/compute/tensors/model'
import { seededRandom, stepSeed } from '../../worker/compute/tensors/seeded-random'
import type { WeightShapes } from '../../worker/models/network-weights'

/** Mean norm of a row of embeddings at the start; tried on one data set, 1 took two epochs longer. */
const TABLE_NORM = 0.3

/**
 * Weights to start learning from: biases 0, gains 1, all else normal with mean 0; matrices such that values neither grow nor vanish on
 * their way (Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010, eq. 12).
 * @param tables names of tables of embeddings, whose rows are drawn with a small norm, so that learning need not undo it first.
 */
export function drawWeights(shapes: WeightShapes, tables: readonly string[], seed: number): Record<string, Weight> {
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape], slot) => {
      const random = seededRandom(stepSeed(seed, slot))
      const deviation = tables.includes(name)
        ? TABLE_NORM / Math.sqrt(shape.at(-1)!)
        : Math.sqrt((2 * shape.length) / sum(shape) / shape.length)
      const draw = () => deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
      const value = name.endsWith('bias') ? () => 0 : name.endsWith('gain') ? () => 1 : draw
      return [name, { shape, values: Float32Array.from({ length: sizeOf(shape) }, value) }]
    }),
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
