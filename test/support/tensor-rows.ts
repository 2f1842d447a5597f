import type { Parts } from '../../worker/compute/tensors/model'
import { seededRandom } from './reference-top-k'

/** Draws rows that fit a network's inputs. */
export function drawRows({ inputs }: Parts, count: number, seed: number): Record<string, Float32Array | Int32Array> {
  const random = seededRandom(seed)
  const entries = Object.entries(inputs).map(([name, { shape, type, below = 2 }]) => {
    const length = count * shape.reduce((a, b) => a * b, 1)
    const draw = type === 'int32' ? () => Math.floor(random() * below) : () => 2 * random() - 1
    return [name, type === 'int32' ? Int32Array.from({ length }, draw) : Float32Array.from({ length }, draw)]
  })
  return Object.fromEntries(entries)
}
