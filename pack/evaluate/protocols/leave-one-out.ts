import { type InteractionLog, sequenceCount } from '../../learn/interaction-log'
import type { EvaluationCase, EvaluationTask } from '../evaluation-task'
import type { Dataset } from '../read/dataset'
import { withoutTails } from './without-tails'

const FEWEST_ITEMS = 3

/**
 * Leave-one-out: of each sequence the last item is the test, the one before it the validation, the rest is learned from. At the test the
 * visit holds the validation item too, but nothing has been learned from it; `retrained` has. Sequences of fewer than three items are
 * learned from whole and not asked about.
 */
export function leaveOneOut({ log, texts }: Pick<Dataset, 'log' | 'texts'>): EvaluationTask {
  const train = withoutTails(log, (length) => (length < FEWEST_ITEMS ? 0 : 2))
  return {
    protocol: 'leave-one-out',
    itemCount: log.itemCount,
    ...(texts && { texts }),
    excludesSeen: true,
    validation: [{ log: train, cases: casesFromEnd(log, 2) }],
    test: [{ log: train, cases: casesFromEnd(log, 1) }],
    retrained: [{ log: withoutTails(log, (length) => (length < FEWEST_ITEMS ? 0 : 1)), cases: casesFromEnd(log, 1) }],
  }
}

function casesFromEnd(log: InteractionLog, fromEnd: number): EvaluationCase[] {
  const cases: EvaluationCase[] = []
  for (let sequence = 0; sequence < sequenceCount(log); sequence++) {
    const start = log.starts[sequence]!
    const end = log.starts[sequence + 1]!
    if (end - start < FEWEST_ITEMS) continue
    const target = end - fromEnd
    cases.push({ visit: { items: log.items.slice(start, target) }, targets: log.items.slice(target, target + 1) })
  }
  return cases
}
