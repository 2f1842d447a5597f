import type { Interval } from '../../../src/shared/signals/estimates'
import type { Estimate } from './estimate'
import { bonferroni, standardErrors } from './normal-quantile'

/** How two estimates differ. `unclear`: the interval holds 0, so that chance may explain it. */
export type Change = Interval & { readonly direction: 'up' | 'down' | 'unclear' }

/**
 * What changed from one estimate to another of other reports. Both kinds of error count: the question is whether anything but chance moved it.
 *
 * @param comparisons how many are made in all; the interval is widened so that with 95 % none of them calls a change that is none.
 */
export function changeBetween(before: Estimate, after: Estimate, comparisons: number): Change {
  const value = after.value - before.value
  const error = Math.sqrt(before.noise + before.chance + after.noise + after.chance)
  return changeOf(value, error, comparisons)
}

/** @param error its standard error. */
export function changeOf(value: number, error: number, comparisons: number): Change {
  const half = standardErrors(bonferroni(comparisons)) * error
  const [low, high] = [value - half, value + half]
  return { value, low, high, direction: low > 0 ? 'up' : high < 0 ? 'down' : 'unclear' }
}

/**
 * Several independent measurements of one difference as one, each by its precision (inverse of the variance).
 *
 * @returns `undefined` of none.
 */
export function pooled(differences: readonly { readonly value: number; readonly variance: number }[]) {
  const weight = differences.reduce((sum, { variance }) => sum + 1 / variance, 0)
  if (weight === 0) return undefined
  return { value: differences.reduce((sum, { value, variance }) => sum + value / variance, 0) / weight, variance: 1 / weight }
}
