import { expect, test } from 'vitest'
import type { MembershipAudit } from '../../../../pack/audit/membership'
import { verdictLine, verdictOf } from '../../../../pack/audit/verdict'

/** An advantage with an interval of .1 to either side: the error of a difference is .072 then, 1.96 of which are .141. */
const audit = (support: number, value: number): MembershipAudit => ({
  model: 'gru',
  support,
  members: 500,
  others: 500,
  auc: { value: 0.5, low: 0.4, high: 0.6 },
  advantage: { value, low: value - 0.1, high: value + 0.1 },
})

test.each([
  [[audit(1, 0.3), audit(3, 0.2), audit(5, 0.09)], true, 'nothing given away at support 5; the advantage rises with support 1'],
  [[audit(1, 0.3), audit(5, 0.11)], false, 'members are told from others even at support 5; the advantage rises with support 1'],
  [[audit(1, 0.2), audit(5, 0.09)], false, 'nothing given away at support 5; the advantage is not shown to rise with support 1'],
  [[audit(5, 0.2), audit(8, 0)], false, 'members are told from others even at support 5; support 1 was not tried beside it'],
  [[audit(3, 0)], false, 'support 5 was not tried; support 1 was not tried beside it'],
  // The rise is that to the highest support.
  [[audit(8, 0), audit(5, 0.09), audit(1, 0.2)], true, 'nothing given away at support 5; the advantage rises with support 1'],
])(
  '%#: a model passes where nothing is given away at support 5 and the attack is strong enough to see it at 1',
  (audits, passes, words) => {
    const verdict = verdictOf(audits)
    expect(verdict.passes).toBe(passes)
    expect(verdictLine('gru', verdict)).toBe(`gru: ${passes ? 'passes' : 'does not pass'}: ${words}`)
  },
)
