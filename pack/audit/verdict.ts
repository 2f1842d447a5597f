import { Z95 } from '../../src/shared/signals/z95'
import type { MembershipAudit } from './membership'
import type { Estimate } from './separation'

/** From this support on, what is learned must give away nobody. */
export const SAFE_SUPPORT = 5

/** What the audits of one model come to. */
export type Verdict = {
  /** Whether both hold. */
  readonly passes: boolean
  /** At every support of 5 or more the advantage's interval reaches 0; `undefined` where none was tried. */
  readonly isSafe: boolean | undefined
  /**
   * With support 1 the advantage is higher than with the highest that was tried, by more than chance explains: else the attack may be too weak
   * to find anything. `undefined` where the two were not tried.
   */
  readonly isSeen: boolean | undefined
}

/** @param audits of one model, each support once. */
export function verdictOf(audits: readonly MembershipAudit[]): Verdict {
  const safe = audits.filter(({ support }) => support >= SAFE_SUPPORT)
  const open = audits.find(({ support }) => support === 1)
  const closed = safe.toSorted((a, b) => b.support - a.support)[0]
  const isSafe = safe.length > 0 ? safe.every(({ advantage }) => advantage.low <= 0) : undefined
  const isSeen = open && closed ? isAbove(open.advantage, closed.advantage) : undefined
  return { passes: isSafe === true && isSeen === true, isSafe, isSeen }
}

/** For people, a line. */
export function verdictLine(model: string, { passes, isSafe, isSeen }: Verdict): string {
  const safety = {
    true: `nothing given away at support ${SAFE_SUPPORT}`,
    false: `members are told from others even at support ${SAFE_SUPPORT}`,
    undefined: `support ${SAFE_SUPPORT} was not tried`,
  }[String(isSafe) as 'true' | 'false' | 'undefined'] // all it can be
  const attack = {
    true: 'the advantage rises with support 1',
    false: 'the advantage is not shown to rise with support 1',
    undefined: 'support 1 was not tried beside it',
  }[String(isSeen) as 'true' | 'false' | 'undefined']
  return `${model}: ${passes ? 'passes' : 'does not pass'}: ${safety}; ${attack}`
}

function isAbove(a: Estimate, b: Estimate): boolean {
  return a.value - b.value > Z95 * Math.hypot(errorOf(a), errorOf(b))
}

function errorOf({ low, high }: Estimate): number {
  return (high - low) / (2 * Z95)
}
