import { seededRandom } from '../../worker/compute/tensors/seeded-random'
import type { Visit } from '../../worker/models/recommender'
import { cutLog } from './cut-log'
import type { InteractionLog } from './interaction-log'
import { logSteps } from './log-steps'

/** One question with its answer: what the visitor went on to, each once, at least one. */
export type HeldOutCase = {
  readonly visit: Visit
  readonly targets: Int32Array
  /** Whose it is; absent: another's than all others. */
  readonly visitor?: number
}

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
  const { starts, items, times, weights, visitors } = log
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
    cases.push({ visit, targets, visitor: visitors?.[sequence] ?? sequence })
  }
  return { log: cutLog(log, (at) => kept[at] === 1), cases }
}
