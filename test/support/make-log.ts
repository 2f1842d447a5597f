import type { InteractionLog } from '../../pack/learn/interaction-log'

/** A log of sequences as they read. */
export function makeLog(itemCount: number, sequences: readonly (readonly number[])[]): InteractionLog {
  const starts = Int32Array.of(0, ...sequences.map((_, at) => sequences.slice(0, at + 1).flat().length))
  return { itemCount, starts, items: Int32Array.from(sequences.flat()) }
}

/** Two kinds of visitor: items below 4 are taken by the even ones, the rest by the odd ones; each leaves one of its four out. */
export function twoTastes(visitors: number): InteractionLog {
  return makeLog(
    8,
    Array.from({ length: visitors }, (_, visitor) =>
      [0, 1, 2, 3].filter((item) => item !== (visitor >> 1) % 4).map((item) => item + 4 * (visitor % 2)),
    ),
  )
}
