import type { Weight } from '../../../worker/compute/tensors/model'
import { seededRandom } from '../reference-top-k'

/** Weights of these shapes, uniform in ±sqrt(3 / fan-in), so that values neither grow nor vanish on their way; gains near 1. */
export function drawWeights<Names extends string>(
  shapes: Readonly<Record<Names, readonly number[]>>,
  seed: number,
): Readonly<Record<Names, Weight & { readonly values: Float32Array }>> {
  const random = seededRandom(seed)
  const entries = Object.entries<readonly number[]>(shapes).map(([name, shape]) => {
    const size = shape.reduce((a, b) => a * b, 1)
    const spread = Math.sqrt(3 / (shape.length > 1 ? size / shape.at(-1)! : 10))
    const centre = name.endsWith('gain') ? 1 : 0
    const values = Float32Array.from({ length: size }, () => centre + (2 * random() - 1) * spread)
    return [name, { shape, values }] as const
  })
  return Object.fromEntries(entries) as Record<Names, Weight & { readonly values: Float32Array }> // one for each name
}
