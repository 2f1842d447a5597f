import { SottoError } from '../../src/shared/errors'
import type { EstimatesDocument, PublishedMetric } from '../../src/shared/signals/estimates'
import type { Metric } from '../../src/shared/signals/signal-plan'

/**
 * Takes what the collector answered for a document of estimates. The collector is of the same release and has checked its plans, so that
 * only what would leave the page blank is looked at here.
 *
 * @throws SottoError `internal` where it is of another format, or where a published metric is in no plan.
 */
export function readEstimates(value: unknown): EstimatesDocument {
  const document = value as Partial<EstimatesDocument> | null // looked at below, before anything is read
  if (document?.sotto !== 'estimates/1' || !Array.isArray(document.epochs) || typeof document.plans !== 'object')
    throw new SottoError('internal', 'the collector’s answer is not of the format estimates/1; are collector and dashboard of one release?')
  const estimates = document as EstimatesDocument // as just seen
  for (const { metrics } of estimates.epochs) for (const metric of metrics) planned(estimates, metric)
  return estimates
}

/**
 * What a published metric was asked as.
 *
 * @throws SottoError `internal` where its plan is missing or does not hold it.
 */
export function planned({ plans }: EstimatesDocument, { plan, name, counts }: PublishedMetric): Metric {
  const metric = plans[plan]?.metrics.find((one) => one.name === name && one.counts === counts)
  if (!metric)
    throw new SottoError('internal', `plan ${plan.slice(0, 8)} holds no metric “${name}” of kind ${counts}, though it is published`)
  return metric
}
