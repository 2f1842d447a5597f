import { coverageOf } from '../../src/shared/signals/coverage'
import { EPOCH_MS, epochStart } from '../../src/shared/signals/epoch'
import type { EstimatesDocument } from '../../src/shared/signals/estimates'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import { UsageError } from '../command/usage-error'
import { type NoiseSource, publishAggregate } from './publish-aggregate'
import type { Aggregates } from './read-aggregates'

/**
 * Adds an epoch that two operators summed to what is published, once.
 *
 * @param before what was published earlier; absent at the first time.
 * @param hash of the plan.
 * @throws UsageError for an epoch that is published already (drawn again, its noise could be averaged away), and for aggregates of metrics that the plan does
 *         not have, or with other buckets.
 */
export function addEpoch(
  before: EstimatesDocument | undefined,
  plan: SignalPlan,
  hash: string,
  { epoch, metrics }: Aggregates,
  source: NoiseSource,
): EstimatesDocument {
  const { plans, epochs } = before ?? { plans: {}, epochs: [] }
  if (epochs.some((published) => published.epoch === epoch))
    throw new UsageError(`epoch ${epoch} is published already, and is never published twice`)
  const coverage = coverageOf(plan)
  const published = [...metrics].map(([name, aggregate]) => {
    const place = plan.metrics.findIndex((metric) => metric.name === name)
    if (place < 0) throw new UsageError(`the plan has no metric ${name}`)
    try {
      return publishAggregate(plan.metrics[place]!, aggregate, source, hash, coverage[place]!)
    } catch (error) {
      throw error instanceof RangeError ? new UsageError(error.message) : error
    }
  })
  const begins = epochStart(epoch)
  const added = { epoch, begins: new Date(begins).toISOString(), ends: new Date(begins + EPOCH_MS).toISOString(), metrics: published }
  return { sotto: 'estimates/1', plans: { ...plans, [hash]: plan }, epochs: [...epochs, added].toSorted((a, b) => b.epoch - a.epoch) }
}
