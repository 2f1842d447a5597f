import type { InteractionLog } from './interaction-log'

/** The interactions of a log that are kept, in their order; sequences keep their numbers, even where nothing is left. */
export function cutLog(log: InteractionLog, isKept: (at: number) => boolean): InteractionLog {
  const { items, times, weights, baskets } = log
  const kept = Uint8Array.from(items, (_, at) => Number(isKept(at)))
  const ofKept = (_: number, at: number) => kept[at] === 1
  const starts = new Int32Array(log.starts.length)
  for (let sequence = 0; sequence + 1 < starts.length; sequence++) {
    starts[sequence + 1] = starts[sequence]!
    for (let at = log.starts[sequence]!; at < log.starts[sequence + 1]!; at++) starts[sequence + 1]! += kept[at]!
  }
  return {
    ...log,
    starts,
    items: items.filter(ofKept),
    ...(times && { times: times.filter(ofKept) }),
    ...(weights && { weights: weights.filter(ofKept) }),
    ...(baskets && { baskets: baskets.filter(ofKept) }),
  }
}
