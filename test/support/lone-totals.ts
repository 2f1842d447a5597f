import { bucketsOf } from '../../src/shared/signals/metric-buckets'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'

/**
 * How PostgreSQL writes totals of which one report is all: one report, then its buckets as an array of integers (PostgreSQL's manual, "Database Page
 * Layout", and its `array.h` and `varatt.h`).
 * @param report of a plan with few buckets: an array of more than 30 integers is written in another way.
 */
export function loneTotals(report: Uint8Array, plan: SignalPlan): Buffer {
  const buckets = bucketsOf(plan.metrics[report[1]!]!).length
  const bits = Array.from({ length: buckets }, (_, bucket) => (report[32 + (bucket >> 3)]! >> (bucket & 7)) & 1)
  const [dimensions, noNulls, integers, first] = [1, 0, 23, 1]
  const array = [dimensions, noNulls, integers, buckets, first, ...bits]
  // An array that is short has one byte for its length, that byte included.
  return Buffer.concat([int32(1), Buffer.of((4 * array.length + 1) * 2 + 1), ...array.map(int32)])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}
