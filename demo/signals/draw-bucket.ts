import type { RandomIntegers } from 'sotto/signals'

/** Draws a bucket, each as often as its weight says. @param weights [k] whole, 0 or more, at least one above 0, at most 2^32 in all. */
export function drawBucket(weights: readonly number[], random: RandomIntegers): number {
  let left = random.below(weights.reduce((sum, weight) => sum + weight, 0))
  return weights.findIndex((weight) => {
    left -= weight
    return left < 0
  })
}
