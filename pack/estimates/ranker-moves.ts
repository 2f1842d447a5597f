import { poolMeans } from './pool-rounds'
import type { PublishedSignal } from './published-signals'
import { spreadBeyondNoise } from './spread-beyond-noise'

/**
 * Which way visitors' choices moved the ranker on average, by the names of its features: the means of what was published, shrunk toward 0 by
 * their noise, since they are drawn around it with one variance, which is taken from themselves.
 * Source: Efron and Morris, Stein's estimation rule and its competitors, JASA 68 (1973), section 2, with unequal variances.
 * @param signal of `ranker`.
 * @returns `undefined` where all of them together are no more than noise.
 */
export function rankerMoves({ names, rounds }: PublishedSignal): ReadonlyMap<string, number> | undefined {
  const { values, variances } = poolMeans(rounds)
  const spread = spreadBeyondNoise({ from: values, variances, proportions: new Float64Array(names.length).fill(1), fitted: 0 })
  if (spread === 0) return undefined
  return new Map(names.map((name, at) => [name, (values[at]! * spread) / (spread + variances[at]!)]))
}
