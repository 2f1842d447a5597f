import type { InteractionLog } from './interaction-log'

/** Items that a sequence is read for, the latest: longer ones are machines, and pairs grow with the square. */
const MAX_SEQUENCE = 1000

/** Where each item occurs, so that the pairs of one item can be counted at a time, in memory for one row. */
export type Occurrences = {
  /** [itemCount + 1] into `places`. */
  readonly starts: Uint32Array
  /** Interactions of each item, those of one visitor next to each other. */
  readonly places: Uint32Array
  /** [interactions] */
  readonly sequenceOf: Int32Array
  /** [sequences] the first and the end of the interactions that count. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** [sequences] */
  readonly visitorOf: Int32Array
}

/** Sorts a log by item. Time and memory grow with the interactions alone. */
export function findOccurrences(log: InteractionLog): Occurrences {
  const sequences = log.starts.length - 1
  const visitorOf = Int32Array.from(log.visitors ?? Int32Array.from({ length: sequences }, (_, sequence) => sequence))
  const to = log.starts.slice(1)
  const from = Int32Array.from(to, (end, sequence) => Math.max(log.starts[sequence]!, end - MAX_SEQUENCE))
  const sequenceOf = new Int32Array(log.items.length)
  const starts = new Uint32Array(log.itemCount + 1)
  for (let sequence = 0; sequence < sequences; sequence++) {
    sequenceOf.fill(sequence, log.starts[sequence], to[sequence])
    for (let at = from[sequence]!; at < to[sequence]!; at++) starts[log.items[at]! + 1]!++
  }
  for (let item = 0; item < log.itemCount; item++) starts[item + 1]! += starts[item]!
  const places = new Uint32Array(starts[log.itemCount]!)
  const next = starts.slice()
  const byVisitor = Int32Array.from({ length: sequences }, (_, sequence) => sequence).sort((a, b) => visitorOf[a]! - visitorOf[b]!)
  for (const sequence of byVisitor) for (let at = from[sequence]!; at < to[sequence]!; at++) places[next[log.items[at]!]!++] = at
  return { starts, places, sequenceOf, from, to, visitorOf }
}
