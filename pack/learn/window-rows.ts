import type { PackedRows } from './packed-rows'

/**
 * A row for each item of each sequence but its first, the `targets`, with the up to `length` items before it, right-aligned, as `items` and
 * `filled` (0 where nothing stands).
 * @param order puts the rows into another order, in place.
 */
export function windowRows(sequences: readonly Int32Array[], length: number, order: (rows: Int32Array) => Int32Array): PackedRows {
  const count = sequences.reduce((sum, sequence) => sum + Math.max(0, sequence.length - 1), 0)
  const items = new Int32Array(count * length)
  const filled = new Float32Array(count * length)
  const targets = new Int32Array(count)
  const slots = order(Int32Array.from({ length: count }, (_, at) => at))
  let row = 0
  for (const sequence of sequences) {
    for (let at = 1; at < sequence.length; at++) {
      const slot = slots[row++]!
      const before = sequence.subarray(Math.max(0, at - length), at)
      const from = (slot + 1) * length - before.length
      items.set(before, from)
      filled.fill(1, from, from + before.length)
      targets[slot] = sequence[at]!
    }
  }
  return { count, rows: { items, filled, targets } }
}
