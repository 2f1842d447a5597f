import { expect, test } from 'vitest'
import { janusTasks } from '../../../../collector/dap/janus-tasks'
import type { SignalPlan } from '../../../../src/shared/signals/signal-plan'

const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'tests',
  mode: 'dap',
  metrics: [
    { name: 'funnel', counts: 'funnel' },
    { name: 'test', counts: 'experiment', variants: ['a', 'b', 'c'], goal: 'bought', epsilon: 0.75 },
  ],
  dap: { leader: 'https://leader.example/', helper: 'https://helper.example/', tasks: ['one', 'two'], timePrecision: 3600 },
}

test('each metric is a task with the histogram that devices answer with, and noise of its own epsilon', () => {
  expect(janusTasks(PLAN)).toBe(`# funnel
- task_id: "one"
  query_type: TimeInterval
  vdaf: !Prio3Histogram
    length: 5
    chunk_length: 2
    dp_strategy:
      dp_strategy: PureDpDiscreteLaplace
      budget:
        epsilon: [[1], [1]]
  max_batch_query_count: 1
  min_batch_size: 50
  time_precision: 3600
  report_expiry_age: 1814400
  tolerable_clock_skew: 60
# test
- task_id: "two"
  query_type: TimeInterval
  vdaf: !Prio3Histogram
    length: 6
    chunk_length: 2
    dp_strategy:
      dp_strategy: PureDpDiscreteLaplace
      budget:
        epsilon: [[3], [4]]
  max_batch_query_count: 1
  min_batch_size: 50
  time_precision: 3600
  report_expiry_age: 1814400
  tolerable_clock_skew: 60
`)
})
