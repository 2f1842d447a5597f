import type { EstimatesDocument, PublishedEpoch } from '../../../src/shared/signals/estimates'

/** Whether the plan is another one than when reports last came, in words. */
export function planChange({ epochs }: EstimatesDocument, week: PublishedEpoch): string | undefined {
  const before = epochs.filter(({ epoch, metrics }) => epoch < week.epoch && metrics.length > 0).toSorted((a, b) => b.epoch - a.epoch)[0]
  if (!before) return undefined
  const asked = new Set(before.metrics.map(({ plan }) => plan))
  const fresh = [...new Set(week.metrics.map(({ plan }) => plan))].filter((plan) => !asked.has(plan))
  if (fresh.length === 0) return undefined
  const names = fresh.map((plan) => plan.slice(0, 8)).join(', ')
  return `The site changed its plan: ${names} is new in this week. Weeks are compared only where a question and its answers stayed the same.`
}
