/** Bounds of a chance: with `miss` on either side, it lies beyond. */
export type ChanceBounds = { readonly low: number; readonly high: number }

/**
 * Exact bounds of the chance of what happened `count` times of `total`.
 * @param miss the chance to be wrong, on each side; 5e-7 on both gives 1 − 10⁻⁶ together.
 * Source: Clopper, Pearson, Biometrika 26, 1934, by quantiles of the beta distribution.
 */
export function clopperPearson(count: number, total: number, miss: number): ChanceBounds {
  return {
    low: count === 0 ? 0 : betaQuantile(count, total - count + 1, miss),
    high: count === total ? 1 : betaQuantile(count + 1, total - count, 1 - miss),
  }
}

function betaQuantile(a: number, b: number, chance: number): number {
  let [from, to] = [0, 1]
  for (let step = 0; step < 80; step++) {
    const middle = (from + to) / 2
    if (betaBelow(a, b, middle) < chance) from = middle
    else to = middle
  }
  return (from + to) / 2
}

/** Regularized incomplete beta function. Source: the continued fraction of DLMF 8.17.22, by Lentz's method. */
export function betaBelow(a: number, b: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // On the other side of the mean the fraction is slow.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaBelow(b, a, 1 - x)
  const tiny = 1e-300
  let [c, d] = [1, 1 / (1 - ((a + b) * x) / (a + 1) || tiny)]
  let fraction = d
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let change = 1
    for (const term of [even, odd]) {
      d = 1 / (1 + term * d || tiny)
      c = 1 + term / c || tiny
      change = c * d
      fraction *= change
    }
    if (Math.abs(change - 1) < 1e-15) break
  }
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b))
  return (front * fraction) / a
}

/** Source: Stirling's series (DLMF 5.11.1), shifted up to where it is exact to 1e-14. @param x above 0. */
export function logGamma(x: number): number {
  let [at, shift] = [x, 0]
  for (; at < 15; at++) shift += Math.log(at)
  const inverse = 1 / (at * at)
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / at
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - shift
}
