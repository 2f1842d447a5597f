import type { InteractionLog } from './interaction-log'

/**
 * The step of each interaction within its sequence, from 0: what happened at one moment (a basket) is one step, where times are known;
 * else each interaction is one.
 * @returns [interactions]
 */
export function logSteps({ starts, items, times }: InteractionLog): Int32Array {
  const steps = new Int32Array(items.length)
  for (let sequence = 0; sequence + 1 < starts.length; sequence++) {
    for (let at = starts[sequence]! + 1, end = starts[sequence + 1]!; at < end; at++)
      steps[at] = steps[at - 1]! + Number(!times || times[at] !== times[at - 1])
  }
  return steps
}
