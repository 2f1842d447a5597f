import { type InteractionLog, sequenceCount } from '../../learn/interaction-log'
import type { EvaluationCase, EvaluationTask } from '../evaluation-task'
import type { Dataset } from '../read/dataset'

/** Of the sessions, the last by the order of the file: near to the test in time, where the file is in order of time. */
const VALIDATION_SHARE = 0.05

/**
 * Sessions: for each beginning of a session that the data names, the next item among all, repeats allowed. The test is learned from all
 * training sessions, whole. For the validation the last twentieth of them are held out and asked about at each of their steps.
 */
export function sessions({ log, texts, test }: Pick<Dataset, 'log' | 'texts' | 'test'>): EvaluationTask {
  const count = sequenceCount(log)
  const heldOut = Math.min(count, Math.ceil(count * VALIDATION_SHARE))
  const kept = log.starts.subarray(0, count - heldOut + 1)
  const train: InteractionLog = { itemCount: log.itemCount, starts: kept, items: log.items.subarray(0, kept[count - heldOut]!) }
  return {
    protocol: 'sessions',
    itemCount: log.itemCount,
    ...(texts && { texts }),
    excludesSeen: false,
    validation: [{ log: train, cases: stepsOf(log, count - heldOut) }],
    test: [{ log, cases: test }],
  }
}

function stepsOf({ starts, items }: InteractionLog, from: number): EvaluationCase[] {
  const cases: EvaluationCase[] = []
  for (let session = from; session < starts.length - 1; session++) {
    const start = starts[session]!
    for (let target = start + 1; target < starts[session + 1]!; target++) {
      cases.push({ visit: { items: items.subarray(start, target) }, targets: items.subarray(target, target + 1), visitor: session })
    }
  }
  return cases
}
