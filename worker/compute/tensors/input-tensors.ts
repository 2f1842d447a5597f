import { toTensor } from './evaluate'
import type { Parts, Rows, TensorMap } from './model'
import { sizeOf } from './model'

/** Tensors of [count, ...shape] of each input, from row `from` on. To be called where what it makes is freed. */
export function inputTensors({ inputs }: Parts, rows: Rows, from: number, count: number): TensorMap<string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => {
      const size = sizeOf(shape)
      return [name, toTensor(rows[name]!.subarray(from * size, (from + count) * size), [count, ...shape])]
    }),
  )
}
