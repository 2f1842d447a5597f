import { SottoError } from '../../src/shared/errors'
import type { Settings } from '../../worker/models/model-part'
import type { Network } from '../../worker/models/network'
import { drawWeights } from './draw-weights'
import { type KnownSequences, knownSequences } from './known-sequences'
import type { Learner, LearnInput } from './learner'
import type { Lesson } from './lesson'
import { networkPart } from './network-part'
import { type TrainingOptions, trainNetwork } from './network-training'
import { TrainingCheckpoint } from './training-checkpoint'

/** Fewer sequences or items teach a network nothing that would hold for others. */
const MIN_SEQUENCES = 20
const MIN_ITEMS = 5

export type NetworkLearnerOptions = {
  readonly network: Network
  readonly choices: readonly Settings[]
  readonly lesson: Lesson
}

/**
 * Makes the learner of a network. Settings beside the network's own: `batch` rows, `learningRate`, `epochs` at most of `steps` at most, `patience`, and what the
 * lesson needs. It can learn where there are `tensors`, 20 sequences of two known items or more, and 5 known items.
 */
export function networkLearner({ network, choices, lesson }: NetworkLearnerOptions): Learner {
  return {
    model: network.name,
    choices,
    canLearn: (input) => input.tensors !== undefined && isEnough(knownSequences(input.log, input.support, input.seed)),
    async learn(input, settings) {
      const { part } = await learnNetwork({ network, lesson, input, settings })
      return part
    },
  }
}

/** One learning of one network, and how it went. */
export async function learnNetwork({
  network,
  lesson,
  input,
  settings,
  onEpoch,
}: {
  readonly network: Network
  readonly lesson: Lesson
  readonly input: LearnInput
  readonly settings: Settings
  readonly onEpoch?: TrainingOptions['onEpoch']
}) {
  const { log, support, seed, tensors, checkpoints, onProgress } = input
  if (!tensors) throw new SottoError('invalid-argument', `${network.name} is learned with tensors; pass them`)
  const from = knownSequences(log, support, seed)
  if (!isEnough(from)) throw new SottoError('invalid-argument', `${network.name}: too little to learn from; ask canLearn first`)
  const { known, sequences, heldOut } = from
  const items = known.rows.length
  const shapes = network.shapes(settings, items)
  const weights = drawWeights(shapes, sequences, items, seed)
  const checkpoint =
    checkpoints === undefined
      ? undefined
      : new TrainingCheckpoint(checkpoints, network.name, [network.name, settings, support, seed, log.itemCount, log.starts, log.items])
  const qualities = await trainNetwork(
    { network, settings, weights, heldOut, ...lesson({ sequences, items, settings }) },
    { tensors, seed, checkpoint, onProgress, onEpoch },
  )
  return { part: networkPart(network.name, weights, known, settings), qualities }
}

function isEnough({ known, sequences }: KnownSequences): boolean {
  return known.rows.length >= MIN_ITEMS && sequences.filter(({ length }) => length > 1).length >= MIN_SEQUENCES
}
