import { seededRandom } from '../../worker/compute/tensors/seeded-random'
import type { Visit } from '../../worker/models/recommender'
import type { InteractionLog } from './interaction-log'
import { logSteps } from './log-steps'

/** One question with its answer: what the visitor went on to, each once, at least one. */
export type HeldOutCase = { readonly visit: Visit; readonly targets: Int32Array }

/** Questions that may be asked of models learned from `log`: it does not hold their answers. */
export type HoldOut = { readonly log: InteractionLog; readonly cases: readonly HeldOutCase[] }

type HoldOutOptions = {
  /** Whether only items that are new to the visitor are asked for. */
  readonly excludesSeen: boolean
  /** At most so many; of more sequences some are drawn, and the rest is learned from whole. */
  readonly mostCases: number
  readonly seed: number
}

/**
 * Holds out the last step of each sequence: its last item or, where times are known, what came with it at one moment. The visit of a case is
 * all before. Sequences of one step stay whole.
 */
export function holdOutLast(log: InteractionLog, { excludesSeen, mostCases, seed }: HoldOutOptions): HoldOut {
  const { starts, items, times, weights } = log
  const steps = logSteps(log)
  const random = seededRandom(seed)
  const sequences = starts.length - 1
  const asked: number[] = []
  for (let sequence = 0; sequence < sequences; sequence++) if (steps[starts[sequence + 1]! - 1]! > 0) asked.push(sequence)
  for (let left = asked.length; left > mostCases; left--) asked[Math.floor(random() * left)] = asked[left - 1]!
  asked.length = Math.min(asked.length, mostCases)
  const isAsked = new Uint8Array(sequences)
  for (const sequence of asked) isAsked[sequence] = 1

  const kept = new Uint8Array(items.length).fill(1)
  const cases: HeldOutCase[] = []
  for (let sequence = 0; sequence < sequences; sequence++) {
    if (!isAsked[sequence]) continue
    const start = starts[sequence]!
    const end = starts[sequence + 1]!
    let target = end - 1
    while (steps[target - 1] === steps[end - 1]) target--
    kept.fill(0, target, end)
    const seen = new Set(excludesSeen ? items.subarray(start, target) : [])
    const targets = Int32Array.from(new Set(items.subarray(target, end))).filter((item) => !seen.has(item))
    if (!targets.length) continue
    let sessionStart = target - 1
    while (times && sessionStart > start && steps[sessionStart - 1] === steps[target - 1]) sessionStart--
    const visit: Visit = {
      items: items.slice(start, target),
      ...(times && { times: times.slice(start, target), now: times[target]!, sessionStart: sessionStart - start }),
      ...(weights && { weights: weights.slice(start, target) }),
    }
    cases.push({ visit, targets })
  }
  return { log: keptOf(log, kept), cases }
}

/** A log of the interactions that are kept; sequences keep their numbers, even where nothing is left. */
function keptOf(log: InteractionLog, kept: Uint8Array): InteractionLog {
  const { items, times, weights, baskets } = log
  const isKept = (_: number, at: number) => kept[at] === 1
  const starts = new Int32Array(log.starts.length)
  for (let sequence = 0; sequence + 1 < starts.length; sequence++) {
    starts[sequence + 1] = starts[sequence]!
    for (let at = log.starts[sequence]!; at < log.starts[sequence + 1]!; at++) starts[sequence + 1]! += kept[at]!
  }
  return {
    ...log,
    starts,
    items: items.filter(isKept),
    ...(times && { times: times.filter(isKept) }),
    ...(weights && { weights: weights.filter(isKept) }),
    ...(baskets && { baskets: baskets.filter(isKept) }),
  }
}
