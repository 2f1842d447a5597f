import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gru } from '../../../../pack/learn/gru'
import type { LearnInput } from '../../../../pack/learn/learner'
import { learnNetwork } from '../../../../pack/learn/network-learner'
import { packedSequences } from '../../../../pack/learn/packed-sequences'
import { GRU } from '../../../../worker/models/gru'
import type { Settings } from '../../../../worker/models/model-part'
import { learnSmall, SMALL, STEPS, walksRound } from '../../../support/learn-from-steps'
import { makeLog } from '../../../support/make-log'
import { temporaryFolder } from '../../../support/temporary-folder'
import { withTensors } from '../../../support/with-tensors'

const tensors = withTensors()
const path = temporaryFolder()
const settings: Settings = { ...gru.choices[0], ...SMALL, length: 6, epochs: 4 }
const input = (): LearnInput => ({ ...STEPS, tensors: tensors() })

function learn(more: Partial<LearnInput> = {}, other: Settings = {}, onEpoch?: (epoch: number) => void) {
  return learnNetwork({
    network: GRU,
    lesson: packedSequences(GRU),
    input: { ...input(), ...more },
    settings: { ...settings, ...other },
    ...(onEpoch && { onEpoch }),
  })
}

test('the same input and seed give the same part, another seed another', async () => {
  const { part } = await learn()
  expect((await learn()).part).toEqual(part)
  expect((await learn({ seed: 6 })).part).not.toEqual(part)
}, 60_000)

test('a training that was broken off goes on from its checkpoint as if it never had been', async () => {
  const whole = await learn()
  const checkpoints = path('checkpoints')
  const epochs: number[] = []
  const broken = learn({ checkpoints }, {}, (epoch) => {
    epochs.push(epoch)
    if (epoch === 1) throw new Error('power cut')
  })
  await expect(broken).rejects.toThrow('power cut')
  expect(readdirSync(checkpoints)).toHaveLength(1)
  // With other settings nothing of it is used, and nothing of it is lost.
  await learn({ checkpoints }, { learningRate: 0.01, epochs: 1 })
  // So it is where the same steps are others' than before, for the support depends on whose they are.
  const visitors = new Int32Array(STEPS.log.starts.length - 1).map((_, sequence) => sequence % 90)
  const others: number[] = []
  await learn({ checkpoints, log: { ...STEPS.log, visitors } }, {}, (epoch) => others.push(epoch))
  expect(others[0]).toBe(0)
  const resumed = await learn({ checkpoints }, {}, (epoch) => epochs.push(epoch))
  expect(epochs).toEqual([0, 1, 2, 3])
  expect(resumed.part).toEqual(whole.part)
  expect(readdirSync(checkpoints)).toEqual([])
}, 60_000)

test('stops when what was held out gets no better, and keeps the best', async () => {
  const log = walksRound(220) // a tenth of it is enough to be held out
  const { part, qualities } = await learn({ log }, { epochs: 30, patience: 2, learningRate: 0.05 })
  const best = qualities.indexOf(Math.max(...qualities))
  expect(qualities.length).toBeLessThan(30)
  expect(best).toBe(qualities.length - 3)
  const until = await learn({ log }, { epochs: best + 1, patience: 2, learningRate: 0.05 })
  expect(until.qualities).toEqual(qualities.slice(0, best + 1))
  expect(until.part.tensors).toEqual(part.tensors)
}, 60_000)

test('tells how far it is', async () => {
  const shares: number[] = []
  await learn({ onProgress: (share) => shares.push(share) })
  expect(shares).toEqual([0.25, 0.5, 0.75, 1, 1])
}, 60_000)

test('cannot learn without tensors, from few sequences, few items, or nothing', async () => {
  const { tensors: _, ...without } = input()
  expect(gru.canLearn(input())).toBe(true)
  expect(gru.canLearn(without)).toBe(false)
  expect(gru.canLearn({ ...input(), log: walksRound(10) })).toBe(false)
  expect(gru.canLearn({ ...input(), log: makeLog(1, [[0]]) })).toBe(false)
  expect(gru.canLearn({ ...input(), log: makeLog(1, Array(50).fill([0, 0, 0])) })).toBe(false)
  expect(gru.canLearn({ ...input(), log: makeLog(9, Array(50).fill([3])) })).toBe(false)
  expect(gru.canLearn({ ...input(), log: makeLog(0, []) })).toBe(false)
  await expect(learnSmall(gru, without)).rejects.toMatchObject({ code: 'invalid-argument' })
  await expect(learnSmall(gru, { ...input(), log: makeLog(1, [[0]]) })).rejects.toMatchObject({ code: 'invalid-argument' })
}, 60_000)

test('an epoch takes so many steps at most', async () => {
  const taken: number[] = []
  const service = tensors()
  const counting = {
    load: service.load.bind(service),
    async train(...args: Parameters<typeof service.train>) {
      const trainer = await service.train(...args)
      const step = trainer.step.bind(trainer)
      trainer.step = (rows) => {
        taken.push(1)
        return step(rows)
      }
      return trainer
    },
  } as unknown as typeof service // that is all that learning calls
  await learn({ tensors: counting }, { steps: 2, batch: 4, epochs: 3 })
  expect(taken).toHaveLength(6)
}, 60_000)
