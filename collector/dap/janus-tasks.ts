import { dapHistogram } from '../../src/shared/signals/dap-histogram'
import { LEAST_REPORTS } from '../../src/shared/signals/estimates'
import { costOf } from '../../src/shared/signals/metric-design'
import { MICRO } from '../../src/shared/signals/privacy-budget'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'

/** Reports carry the moment that their epoch began and may come until the end of the next; a week more to collect them. */
const EXPIRY_SECONDS = 3 * 7 * 86_400

/**
 * What a plan settles of its tasks, as entries of a task file of Janus 0.7 (`janus_cli provision-tasks`), for both operators. What only they can know is
 * theirs to add: role, peer, keys, tokens, the end of the task.
 *
 * @param plan in mode `dap`.
 * @returns YAML. Each aggregator adds noise of the metric's whole epsilon: the sums stay private though the other one, or whoever collects, breaks its word.
 */
export function janusTasks({ metrics, dap }: SignalPlan): string {
  return metrics
    .map((metric, at) => {
      const { length, chunkLength } = dapHistogram(metric)
      const [top, bottom] = reduced(costOf(metric), MICRO)
      return `# ${metric.name}
- task_id: "${dap?.tasks[at]}"
  query_type: TimeInterval
  vdaf: !Prio3Histogram
    length: ${length}
    chunk_length: ${chunkLength}
    dp_strategy:
      dp_strategy: PureDpDiscreteLaplace
      budget:
        epsilon: [[${top}], [${bottom}]]
  max_batch_query_count: 1
  min_batch_size: ${LEAST_REPORTS}
  time_precision: ${dap?.timePrecision}
  report_expiry_age: ${EXPIRY_SECONDS}
  tolerable_clock_skew: 60
`
    })
    .join('')
}

function reduced(top: number, bottom: number): readonly [top: number, bottom: number] {
  let [divisor, rest] = [top, bottom]
  while (rest > 0) [divisor, rest] = [rest, divisor % rest]
  return [top / divisor, bottom / divisor]
}
