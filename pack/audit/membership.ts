import { SottoError } from '../../src/shared/errors'
import { seededRandom, stepSeed } from '../../worker/compute/tensors/seeded-random'
import type { TensorService } from '../../worker/compute/tensors/tensor-service'
import type { Settings } from '../../worker/models/model-part'
import { openModel } from '../../worker/models/open-model'
import type { Recommender } from '../../worker/models/recommender'
import { type InteractionLog, sequenceCount } from '../learn/interaction-log'
import type { Learner, LearnInput } from '../learn/learner'
import { shuffled } from '../learn/shuffled'
import { type Separation, separation } from './separation'

/** Whether a model gives away whom it was learned from. */
export type MembershipAudit = Separation & {
  readonly model: string
  readonly support: number
  /** Asked of each. */
  readonly members: number
  readonly others: number
}

export type MembershipInput = {
  readonly learner: Learner
  /** Default: the learner's first. */
  readonly settings?: Settings
  /** What else the learner needs; its log is cut in two halves of visitors. */
  readonly input: LearnInput & { readonly tensors: TensorService }
  /** Most visitors asked of each half. Default 500. */
  readonly asked?: number
}

const ASKED = 500
/** The last steps of a visitor that are asked for; what an attacker knows of a visitor is seldom more. */
const STEPS = 3
/** A model that gives an item no chance at all is as wrong as one that gives it this. */
const LEAST_CHANCE = 1e-9

/**
 * Learns a model from one half of the visitors, drawn at random, and attacks it: of visitors of both halves the loss of their own last steps
 * is taken, -log of the share that the item they went on to has of all scores, and whoever's is low is taken for one who was learned from.
 * @throws SottoError `invalid-argument` where the half is too little to learn from, or too few visitors have two items.
 * Source: as `separation`; the attacker knows the visitor's history and the model, as who downloads a pack does.
 */
export async function auditMembership({ learner, settings, input, asked = ASKED }: MembershipInput): Promise<MembershipAudit> {
  const { log, seed, tensors, support } = input
  const sides = sidesOf(log, seed)
  const half = { ...input, log: sequencesOf(log, sides, 0) }
  if (!learner.canLearn(half)) throw new SottoError('invalid-argument', `${learner.model}: half of the visitors are too few to learn from`)
  const model = await openModel(await learner.learn(half, settings ?? learner.choices[0] ?? {}), tensors)
  try {
    const losses = []
    for (const side of [0, 1]) losses.push(await lossesOf(model, log, asSide(log, sides, side, seed).subarray(0, asked)))
    const [members, others] = losses as [Float64Array, Float64Array] // one a side
    if (members.length < 2 || others.length < 2)
      throw new SottoError('invalid-argument', `${members.length} and ${others.length} visitors have two items, expected 2 or more each`)
    return { model: learner.model, support, members: members.length, others: others.length, ...separation(members, others) }
  } finally {
    model.dispose?.()
  }
}

/** [sequences] 0 or 1: all sequences of a visitor lie on one side. */
function sidesOf(log: InteractionLog, seed: number): Uint8Array {
  return Uint8Array.from({ length: sequenceCount(log) }, (_, s) => (seededRandom(stepSeed(seed, log.visitors?.[s] ?? s))() < 0.5 ? 0 : 1))
}

/** Sequences of a side that have two items or more, in random order. */
function asSide({ starts }: InteractionLog, sides: Uint8Array, side: number, seed: number): Int32Array {
  const own = Int32Array.from(sides.keys()).filter((s) => sides[s] === side && starts[s + 1]! - starts[s]! > 1)
  return shuffled(own, seededRandom(stepSeed(seed, side)))
}

/** The log of one side. */
function sequencesOf(log: InteractionLog, sides: Uint8Array, side: number): InteractionLog {
  const kept = [...sides.keys()].filter((s) => sides[s] === side)
  const places = kept.flatMap((s) => Array.from({ length: log.starts[s + 1]! - log.starts[s]! }, (_, at) => log.starts[s]! + at))
  const starts = new Int32Array(kept.length + 1)
  kept.forEach((s, at) => {
    starts[at + 1] = starts[at]! + log.starts[s + 1]! - log.starts[s]!
  })
  const { items, times, weights, baskets, visitors } = log
  return {
    itemCount: log.itemCount,
    starts,
    items: Int32Array.from(places, (place) => items[place]!),
    ...(times && { times: Float64Array.from(places, (place) => times[place]!) }),
    ...(weights && { weights: Float32Array.from(places, (place) => weights[place]!) }),
    ...(baskets && { baskets: Int32Array.from(places, (place) => baskets[place]!) }),
    ...(visitors && { visitors: Int32Array.from(kept, (s) => visitors[s]!) }),
  }
}

async function lossesOf(model: Recommender, { starts, items, times }: InteractionLog, sequences: Int32Array): Promise<Float64Array> {
  const losses = new Float64Array(sequences.length)
  const scores = new Float32Array(model.itemCount)
  for (const [slot, s] of sequences.entries()) {
    const [start, end] = [starts[s]!, starts[s + 1]!]
    const from = Math.max(start + 1, end - STEPS)
    for (let at = from; at < end; at++) {
      await model.score({ items: items.subarray(start, at), ...(times && { times: times.subarray(start, at) }) }, scores)
      const sum = scores.reduce((total, score) => total + score, 0)
      const share = sum > 0 ? scores[items[at]!]! / sum : 0
      losses[slot]! -= Math.log(Math.max(LEAST_CHANCE, share)) / (end - from)
    }
  }
  return losses
}
