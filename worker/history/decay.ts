/** Interest in a thing halves in so long: a month is about how far apart purchases of one kind stand in a shop. */
export const HALF_LIFE_MS = 30 * 86_400_000

/**
 * What is left of an interest after a time: 1 at once, 0.5 after `HALF_LIFE_MS`, towards 0 later.
 * @param ageMs milliseconds; a negative age (a clock set back) counts as none, so that no interest ever grows by waiting.
 * @returns in (0, 1].
 */
export function decay(ageMs: number): number {
  return ageMs > 0 ? 2 ** (-ageMs / HALF_LIFE_MS) : 1
}
