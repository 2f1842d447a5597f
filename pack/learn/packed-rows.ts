import type { Rows } from '../../worker/compute/tensors/model'
import { shuffled } from './shuffled'

/** Rows still open for further sequences; more would fill them better and take longer to search. */
const OPEN_ROWS = 16

/** `rows` hold `count` of them. */
export type PackedRows = { readonly count: number; readonly rows: Rows }

/**
 * Rows to train a sequential network with, [rows, length]: every item of a sequence but the last is followed by its target. Short sequences
 * share a row, one after the other, each counting places from 0, so that hardly a position is wasted; long ones are cut.
 * @returns inputs `items`, `places`, `targets` and `filled` (0 where nothing stands), in a random order of rows.
 */
export function packedRows(sequences: readonly Int32Array[], length: number, random: () => number): PackedRows {
  const pieces = cut(sequences, length)
  const order = shuffled(
    Int32Array.from(pieces, (_, piece) => piece),
    random,
  )
  const rows: Int32Array[][] = []
  const open: { readonly row: Int32Array[]; left: number }[] = []
  for (const at of order) {
    const piece = pieces[at]!
    const needed = piece.length - 1
    let place = open.find(({ left }) => left >= needed)
    if (!place) {
      place = { row: [], left: length }
      rows.push(place.row)
      open.push(place)
      if (open.length > OPEN_ROWS) open.splice(fullest(open), 1)
    }
    place.row.push(piece)
    place.left -= needed
  }
  return written(rows, length)
}

/** Pieces of at most `length` steps; the last item of one is the first of the next. */
function cut(sequences: readonly Int32Array[], length: number): Int32Array[] {
  return sequences.flatMap((sequence) => {
    const pieces: Int32Array[] = []
    // From the end, so that what is recent stays together.
    for (let end = sequence.length; end > 1; end -= length) pieces.push(sequence.subarray(Math.max(0, end - length - 1), end))
    return pieces
  })
}

function fullest(open: readonly { readonly left: number }[]): number {
  let best = 0
  for (let at = 1; at < open.length; at++) if (open[at]!.left < open[best]!.left) best = at
  return best
}

function written(rows: readonly (readonly Int32Array[])[], length: number): PackedRows {
  const size = rows.length * length
  const items = new Int32Array(size)
  const places = new Int32Array(size)
  const targets = new Int32Array(size)
  const filled = new Float32Array(size)
  rows.forEach((row, number) => {
    let to = number * length
    for (const piece of row) {
      for (let place = 0; place + 1 < piece.length; place++, to++) {
        items[to] = piece[place]!
        places[to] = place
        targets[to] = piece[place + 1]!
        filled[to] = 1
      }
    }
  })
  return { count: rows.length, rows: { items, places, targets, filled } }
}
