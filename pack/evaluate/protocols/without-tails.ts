import { type InteractionLog, sequenceCount } from '../../learn/interaction-log'

type Numbers = Int32Array | Float32Array | Float64Array

/**
 * A log without the last interactions of each sequence; sequences keep their numbers, even where nothing is left.
 * @param tailOf how many to leave out of a sequence of so many: at most all.
 */
export function withoutTails(log: InteractionLog, tailOf: (length: number, sequence: number) => number): InteractionLog {
  const starts = new Int32Array(sequenceCount(log) + 1)
  for (let sequence = 0; sequence < sequenceCount(log); sequence++) {
    const length = log.starts[sequence + 1]! - log.starts[sequence]!
    starts[sequence + 1] = starts[sequence]! + length - tailOf(length, sequence)
  }
  const { items, times, weights, baskets } = log
  const kept = starts.at(-1)!
  return {
    ...log,
    starts,
    items: copied(items, log.starts, new Int32Array(kept), starts),
    ...(times && { times: copied(times, log.starts, new Float64Array(kept), starts) }),
    ...(weights && { weights: copied(weights, log.starts, new Float32Array(kept), starts) }),
    ...(baskets && { baskets: copied(baskets, log.starts, new Int32Array(kept), starts) }),
  }
}

/** The beginning of each sequence, as much of it as there is room for in `out`; `out` is overwritten. */
function copied<T extends Numbers>(from: T, fromStarts: Int32Array, out: T, starts: Int32Array): T {
  for (let sequence = 0; sequence < starts.length - 1; sequence++) {
    const start = starts[sequence]!
    const fromStart = fromStarts[sequence]!
    out.set(from.subarray(fromStart, fromStart + starts[sequence + 1]! - start), start)
  }
  return out
}
