import { expect, test } from 'vitest'
import { blendCandidates, LEARNERS, NETWORKS, UNBLENDED } from '../../../../pack/learn/learners'
import { chooseModels } from '../../../../pack/make/choose-models'

const namesOf = (learners: typeof LEARNERS) => learners.map(({ model }) => model)

test('candidates for the blend are neither networks nor models that cost more than they add', () => {
  const names = namesOf(blendCandidates(false))
  expect(names).toContain('repeats')
  expect(names.filter((name) => NETWORKS.has(name) || UNBLENDED.has(name))).toEqual([])
  expect(names.length + NETWORKS.size + UNBLENDED.size).toBe(LEARNERS.length)
})

test('what recommends nothing but what was seen is no candidate where that is left out, as in a pack', () => {
  const names = namesOf(blendCandidates(true))
  expect(names).toEqual(namesOf(blendCandidates(false)).filter((name) => name !== 'repeats'))
  expect(namesOf(chooseModels('default').blended)).toEqual(names)
})
