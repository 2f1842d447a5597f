import { describe, expect, test } from 'vitest'
import type { ModelPart } from '../../../../worker/models/model-part'
import { rankerUpdate } from '../../../../worker/ranking/learned/ranker-update'
import type { RankerNote } from '../../../../worker/ranking/learned/shown'
import { openBlend } from '../../../../worker/ranking/ranker/blend'
import { learnedFrom } from '../../../support/learned-files'

const WEIGHTS = [0.5, 1.25, -0.25, 0, 2]
/** Two voices of one model, agreement, seen, bias. */
const DIM = WEIGHTS.length
const FILE = 'blend.pack'

function blendPart(weights = WEIGHTS): ModelPart {
  const precision = new Float32Array(DIM * DIM)
  for (let at = 0; at < DIM; at++) precision[at * (DIM + 1)] = 1
  return {
    model: 'blend',
    settings: { perVoice: 20, transitions: 0.1, 'transitions last': 0.2 },
    tensors: { weights: { shape: [weights.length], data: Float32Array.from(weights) }, precision: { shape: [DIM, DIM], data: precision } },
  }
}

function noteOf(mean: readonly number[], prior = FILE): RankerNote {
  return { version: 1, prior, belief: { mean: Float64Array.from(mean), precision: new Float64Array(DIM * DIM) }, shown: [] }
}

const NOTHING = [0, 0, 0, 0, 0]

describe('what this device taught the ranker', () => {
  test('is what is believed now less what the pack said, by the names of the features', () => {
    const { names, update } = rankerUpdate(noteOf([1, 1, -0.25, 0.125, 1.5]), blendPart(), FILE)
    expect([...update]).toEqual([0.5, -0.25, 0, 0.125, -0.5])
    const model = { name: 'transitions', itemCount: 1, score() {}, explain() {} } as const
    expect(names).toEqual(openBlend(blendPart(), [model]).features)
  })

  test.each<[string, unknown]>([
    ['no note', undefined],
    ['a note of another prior', noteOf([1, 1, 1, 1, 1], 'older.pack')],
    ['a note of other features', noteOf([1, 1])],
    ['what is no note', { belief: 'strong' }],
  ])('is nothing with %s', (_, kept) => {
    expect([...rankerUpdate(kept, blendPart(), FILE).update]).toEqual(NOTHING)
  })

  test('of a part with other weights than features is refused', () => {
    expect(() => rankerUpdate(undefined, blendPart([1, 2]), FILE)).toThrow(expect.objectContaining({ code: 'pack-invalid' }))
  })
})

describe('of the pack that is used', () => {
  test('nothing is fetched for it; once the blend is here, it is told', async () => {
    const { learned, asked } = learnedFrom([blendPart()], 1)
    expect(await learned.update(noteOf(WEIGHTS))).toBeUndefined()
    expect(asked).toEqual([])
    await learned.part('blend')
    expect([...(await learned.update(noteOf([1.5, 1.25, -0.25, 0, 2])))!.update]).toEqual([1, 0, 0, 0, 0])
    expect(asked).toEqual(['https://shop.example/packs/blend.pack'])
  })

  test('a pack without a blend has none; a damaged one is noted', async () => {
    expect(await learnedFrom([], 1).learned.update(noteOf(WEIGHTS))).toBeUndefined()
    const { learned, faults } = learnedFrom([blendPart([1])], 1)
    await learned.part('blend')
    expect(await learned.update(undefined)).toBeUndefined()
    expect(faults).toEqual([expect.objectContaining({ code: 'pack-invalid' })])
  })
})
