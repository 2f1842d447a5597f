const STEPS = 2 ** 32

/**
 * Laplace noise as it must not be made: the logarithm of one 32-bit number. Only few doubles can come out of it, and others once something is added to them.
 * Source: Mironov, On significance of the least significant bits for differential privacy, CCS 2012, section 4.
 */
export function floatLaplace(word: number, scale: number): number {
  const uniform = (word + 0.5) / STEPS
  return uniform < 0.5 ? scale * Math.log(2 * uniform) : -scale * Math.log(2 * (1 - uniform))
}

/** Whether `noise` can have come out of `floatLaplace` at all: whether one of the words next to its inverse gives just this double. */
export function isReachable(noise: number, scale: number): boolean {
  const uniform = noise < 0 ? Math.exp(noise / scale) / 2 : 1 - Math.exp(-noise / scale) / 2
  const nearest = Math.round(uniform * STEPS - 0.5)
  for (let word = nearest - 2; word <= nearest + 2; word++)
    if (word >= 0 && word < STEPS && floatLaplace(word, scale) === noise) return true
  return false
}
