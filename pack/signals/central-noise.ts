import { MICRO } from '../../src/shared/signals/privacy-budget'

/** One visitor who answers otherwise takes 1 from one bucket and gives it to another. */
const SENSITIVITY = 2

/**
 * Standard deviation of what DAP's operators add to each bucket's sum: discrete Laplace noise of scale 2 / epsilon, of each aggregator its
 * own, so that either alone keeps the promise. (Gaussian noise is greater than this for a single histogram at such epsilons.)
 * Source: variance 2 a / (1 − a)², a = e^(−epsilon / 2), of the two-sided geometric distribution: Ghosh, Roughgarden and Sundararajan, STOC
 * 2009; Canonne, Kamath and Steinke 2020, section 2.
 */
export function centralNoise(microEpsilon: number, aggregators: 1 | 2): number {
  const a = Math.exp(-microEpsilon / MICRO / SENSITIVITY)
  return Math.sqrt((aggregators * 2 * a) / (1 - a) ** 2)
}
