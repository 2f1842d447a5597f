import type { Interval } from '../../../src/shared/signals/estimates'
import { decimalsFor, percent } from './percent'

/** Of an interval this wide nothing useful is said. */
const TOO_WIDE = 0.8
/** A share that may be larger than this is not called none, whatever its estimate. */
const MOST_OF_NONE = 0.1

/** What can be said of a share. `none`: its estimate is 0 or less, which only chance can bring about, and it is small at the most. */
export type ShareClaim =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none'; readonly atMost: string | undefined }
  | { readonly kind: 'said'; readonly text: string; readonly short: string }

/** An interval of a share in words: never below none, never above all. */
export function shareClaim({ value, low, high }: Interval): ShareClaim {
  const decimals = decimalsFor(high - low)
  const [from, to] = [percent(low, decimals), percent(high, decimals)]
  if (Math.min(1, high) - Math.max(0, low) > TOO_WIDE) return { kind: 'unknown' }
  if (value <= 0 && high <= MOST_OF_NONE) return { kind: 'none', atMost: high > 0 ? to : undefined }
  // What rounds to none or to all is no bound.
  if (low <= 0 || from === percent(0, decimals)) return { kind: 'said', text: `at most ${to}`, short: `≤ ${to}` }
  if (high >= 1 || to === percent(1, decimals)) return { kind: 'said', text: `at least ${from}`, short: `≥ ${from}` }
  if (from === to) return { kind: 'said', text: `about ${from}`, short: from }
  return { kind: 'said', text: `between ${from} and ${to}`, short: `${from.replace(/\s%$/, '')}–${to}` }
}

/** For a tile or a cell: "31–37 %". */
export function shortShare(interval: Interval): string {
  const claim = shareClaim(interval)
  if (claim.kind === 'unknown') return 'too few to tell'
  if (claim.kind === 'none') return claim.atMost ? `≤ ${claim.atMost}` : 'about none'
  return claim.short
}

/**
 * A sentence about a share of browsers.
 *
 * @param whom they are, e.g. "the browsers that came back". @param says what they did, e.g. "bought something".
 * @example shareSentence({ value: 0.34, low: 0.31, high: 0.37 }, 'the browsers that came back', 'bought something')
 * // "Between 31 % and 37 % of the browsers that came back bought something."
 */
export function shareSentence(interval: Interval | undefined, whom: string, says: string): string {
  const claim = interval ? shareClaim(interval) : ({ kind: 'unknown' } as const)
  switch (claim.kind) {
    case 'unknown':
      return `How many of ${whom} ${says}: too few reports to tell.`
    case 'none':
      return `About none of ${whom} ${says}${claim.atMost ? `: at most ${claim.atMost}` : ''}.`
    case 'said':
      return `${claim.text[0]!.toUpperCase()}${claim.text.slice(1)} of ${whom} ${says}.`
    default:
      return claim satisfies never
  }
}

/** Everybody that a share is of: not visitors, as most who come only once are never heard. */
export const BROWSERS = 'the browsers that came back'
