import type { PackedRows } from './packed-rows'
import { shuffled } from './shuffled'

/**
 * A row for each sequence, in random order: its different items, `length` of them at most, drawn where there are more, as `items`,
 * `targets` (the same) and `filled` (0 where nothing stands).
 */
export function setRows(sequences: readonly Int32Array[], length: number, random: () => number): PackedRows {
  const count = sequences.length
  const items = new Int32Array(count * length)
  const filled = new Float32Array(count * length)
  const order = shuffled(
    Int32Array.from({ length: count }, (_, at) => at),
    random,
  )
  order.forEach((at, row) => {
    const different = shuffled(Int32Array.from(new Set(sequences[at]!)), random).subarray(0, length)
    items.set(different, row * length)
    filled.fill(1, row * length, row * length + different.length)
  })
  return { count, rows: { items, targets: items, filled } }
}
