import { EPOCH_MS, epochStart } from './epoch'

/** Reports about a week come in the week after it; what is on its way when that ends has an hour. */
const CLOSES_AFTER_MS = EPOCH_MS + 3_600_000

/** When a collector publishes what was reported of an epoch: once all that can be has been. @returns milliseconds since 1970. */
export function publishedAt(epoch: number): number {
  return epochStart(epoch + 1) + CLOSES_AFTER_MS
}
