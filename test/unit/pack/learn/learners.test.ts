import { expect, test } from 'vitest'
import { blendCandidates, LEARNERS, NETWORKS, OF_SESSIONS, UNBLENDED } from '../../../../pack/learn/learners'
import { chooseModels } from '../../../../pack/make/choose-models'

const namesOf = (learners: typeof LEARNERS) => learners.map(({ model }) => model)

test('candidates for the blend are neither networks nor models that cost more than they add', () => {
  const names = namesOf(blendCandidates(false))
  expect(names).toContain('repeats')
  expect(names.filter((name) => NETWORKS.has(name) || UNBLENDED.has(name))).toEqual([])
  expect(names.length + NETWORKS.size + UNBLENDED.size).toBe(LEARNERS.length)
})

test('models of sessions are no candidates where what was seen is left out, as in a pack', () => {
  const names = namesOf(blendCandidates(true))
  expect(names).toEqual(namesOf(blendCandidates(false)).filter((name) => !OF_SESSIONS.has(name)))
  expect(names).not.toContain('session-vectors')
  expect(namesOf(chooseModels('default').blended)).toEqual(names)
})
