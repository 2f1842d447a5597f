const DAY_MS = 86_400_000
/** What lies so many half-lives back, a sixteenth and less of a visitor, is not looked at: so the support is of visitors who count. */
const HALF_LIVES = 4

/**
 * What a visitor counts whose interest is so long ago: half for each half-life; 0 from where it must not count toward the support either, or
 * many old visitors would vouch for a sum that tells when a single late one came.
 */
export function agedWorth(ageMs: number, halfLifeDays: number): number {
  const halfLives = ageMs / (halfLifeDays * DAY_MS)
  return halfLives > HALF_LIVES ? 0 : 0.5 ** halfLives
}
