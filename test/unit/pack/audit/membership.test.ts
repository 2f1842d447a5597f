import { describe, expect, test } from 'vitest'
import { auditMembership } from '../../../../pack/audit/membership'
import { gru } from '../../../../pack/learn/gru'
import type { Learner } from '../../../../pack/learn/learner'
import { popularity } from '../../../../pack/learn/popularity'
import { transitions } from '../../../../pack/learn/transitions'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'
import { SMALL } from '../../../support/learn-from-steps'
import { makeLog } from '../../../support/make-log'
import { withTensors } from '../../../support/with-tensors'

const tensors = withTensors()

/** Visitors who take items at random: there is nothing to learn but what each of them took. */
function noise(visitors: number, items: number) {
  const random = seededRandom(3)
  return makeLog(
    items,
    Array.from({ length: visitors }, () => Array.from({ length: 4 }, () => Math.floor(random() * items))),
  )
}

const audit = (learner: Learner, support: number, visitors: number, settings = learner.choices[0]!) =>
  auditMembership({ learner, settings, input: { log: noise(visitors, 40), support, seed: 2, tensors: tensors() } })

describe('whether a model gives away whom it was learned from', () => {
  test('a network that learned its visitors by heart is caught', async () => {
    const overfitted = { ...SMALL, together: 1, length: 4, dim: 24, dropout: 0, negatives: 40, epochs: 40 }
    const { advantage, auc, members, others } = await audit(gru, 1, 120, { ...gru.choices[0], ...overfitted })
    expect(members + others).toBe(120)
    expect(advantage.low).toBeGreaterThan(0.3)
    expect(auc.low).toBeGreaterThan(0.7)
  }, 60_000)

  test('one that learned nothing but how often items are taken is not', async () => {
    const { advantage } = await audit(popularity, 1, 400)
    expect(advantage.low).toBeLessThan(0)
  })

  test('what rests on single visitors gives them away, what rests on three less', async () => {
    const [alone, together] = [await audit(transitions, 1, 600), await audit(transitions, 3, 600)]
    expect(alone.auc.low).toBeGreaterThan(0.6)
    expect(together.auc.value).toBeLessThan(alone.auc.low)
  })

  test('too few visitors are said to be too few', async () => {
    const input = { log: makeLog(3, [[0, 1]]), support: 1, seed: 2, tensors: tensors() }
    await expect(auditMembership({ learner: gru, input })).rejects.toMatchObject({ code: 'invalid-argument' })
    await expect(auditMembership({ learner: popularity, input })).rejects.toMatchObject({ code: 'invalid-argument' })
  })
})
