import { SottoError } from '../../src/shared/errors'
import type { Settings } from '../../worker/models/model-part'
import type { Network } from '../../worker/models/network'
import { drawWeights } from './draw-weights'
import { type KnownSequences, knownSequences } from './known-sequences'
import type { Learner, LearnInput } from './learner'
import type { Lesson } from './lesson'
import { networkPart } from './network-part'
import { type TrainingOptions, trainNetwork } from './network-training'
import { supportedPieces } from './supported-pieces'
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
 * Makes the learner of a network. Settings beside the network's own: `batch` rows, `learningRate`, `epochs` at most of `steps` batches at
 * most, `patience`, and what the lesson needs. `together`: a step from item to item is learned from only where so many visitors had both
 * near one another, 1 for all steps: that is more exact, and gives away whom it was learned from, though many saw each item.
 * It can learn where there are `tensors` and, when what too few did is left out, 20 sequences of two items or more and 5 items.
 */
export function networkLearner({ network, choices, lesson }: NetworkLearnerOptions): Learner {
  return {
    model: network.name,
    choices,
    canLearn: (input) => input.tensors !== undefined && isEnough(taughtSequences(input, choices[0] ?? {})),
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
  const from = taughtSequences(input, settings)
  if (!isEnough(from)) throw new SottoError('invalid-argument', `${network.name}: too little to learn from; ask canLearn first`)
  const { known, sequences, heldOut } = from
  const items = known.rows.length
  const shapes = network.shapes(settings, items)
  const weights = drawWeights(shapes, sequences, items, seed)
  const checkpoint =
    checkpoints === undefined
      ? undefined
      : new TrainingCheckpoint(checkpoints, network.name, [
          network.name,
          settings,
          support,
          seed,
          log.itemCount,
          log.starts,
          log.items,
          log.visitors,
        ])
  const qualities = await trainNetwork(
    { network, settings, weights, heldOut, ...lesson({ sequences, items, settings }) },
    { tensors, seed, checkpoint, onProgress, onEpoch },
  )
  return { part: networkPart(network.name, weights, known, settings), qualities }
}

type Taught = Omit<KnownSequences, 'owners'>

/** What is left to learn from when what too few visitors did is left out. */
function taughtSequences({ log, support, seed }: LearnInput, { together = 1 }: Settings): Taught {
  const { known, heldOut, sequences, owners } = knownSequences(log, support, seed)
  return { known, heldOut, sequences: supportedPieces(sequences, owners, known.rows.length, together) }
}

function isEnough({ known, sequences }: Taught): boolean {
  return known.rows.length >= MIN_ITEMS && sequences.filter(({ length }) => length > 1).length >= MIN_SEQUENCES
}
