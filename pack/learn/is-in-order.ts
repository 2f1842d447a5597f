import type { InteractionLog } from './interaction-log'
import { logSteps } from './log-steps'

/** Whether most interactions came at another moment than the one before. What came in one basket came in no order, and no order is to be read from it. */
export function isInOrder(log: InteractionLog): boolean {
  const steps = logSteps(log)
  let after = 0
  let moments = 0
  for (let sequence = 0; sequence + 1 < log.starts.length; sequence++) {
    const start = log.starts[sequence]!
    const end = log.starts[sequence + 1]!
    if (start === end) continue
    after += end - start - 1
    moments += steps[end - 1]!
  }
  return 2 * moments > after
}
