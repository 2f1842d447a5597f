import { seededRandom } from '../../worker/compute/tensors/seeded-random'
import { PLACES } from '../../worker/models/session-vectors'
import { isEnough } from './enough-visitors'
import type { InteractionLog } from './interaction-log'
import { isInOrder } from './is-in-order'
import { itemVisitors } from './item-visitors'
import type { Learner, LearnInput } from './learner'
import { type Examples, SessionVectorTrainer } from './session-vector-trainer'

/** Examples learned from in all where `epochs` is 0: a few rounds of a long log, more of a short one. */
const USUAL_EXAMPLES = 4_000_000
const FEWEST_EPOCHS = 3
const MOST_EPOCHS = 20

const DEFAULTS = { dim: 64, epochs: 0, rate: 0.003, temperature: 0.07, dropout: 0.2, drawn: 512, drawPower: 0.5 }
const BATCH_SIZE = 256
/** From this share of the epochs on, the rate is this part of the first. */
const RATE_STEPS = [
  { from: 0, part: 1 },
  { from: 0.6, part: 0.3 },
  { from: 0.85, part: 0.1 },
] as const

/**
 * Learns a vector for each item that enough visitors had, from all that came before each interaction of a log. It is the model that the minimum support costs
 * least: a pair that one visitor had moves two vectors a little, and each rests on all the visitors of its item, while a list of neighbours must
 * leave out every pair that is not itself supported.
 */
export const sessionVectors: Learner = {
  model: 'session-vectors',
  canLearn: (input) => isInOrder(input.log) && hasTeachers(input, knownOf(input)),
  choices: [DEFAULTS],
  learn(input, chosen) {
    const settings = { ...DEFAULTS, ...chosen }
    const { dim, temperature } = settings
    const { itemCount } = input.log
    const isKnown = knownOf(input)
    const examples = examplesOf(input.log, isKnown)
    const epochs = settings.epochs || usualEpochs(examples.places.length)
    const random = seededRandom(input.seed)
    const { draw, logOdds } = drawFrom(examples, itemCount, settings.drawPower, settings.drawn, random)
    const trainer = new SessionVectorTrainer({
      itemCount,
      dim,
      temperature,
      dropout: settings.dropout,
      batchSize: BATCH_SIZE,
      drawnCount: settings.drawn,
      random,
    })
    const drawn = new Int32Array(settings.drawn)
    for (let epoch = 0; epoch < epochs; epoch++) {
      shuffle(examples, random)
      const { part } = RATE_STEPS.findLast(({ from }) => epoch >= from * epochs)!
      for (let first = 0; first < examples.places.length; first += BATCH_SIZE) {
        for (let index = 0; index < drawn.length; index++) drawn[index] = draw()
        trainer.step(examples, first, drawn, logOdds, settings.rate * part)
        input.onProgress?.((epoch + first / examples.places.length) / epochs)
      }
    }
    return { model: 'session-vectors', settings, tensors: quantized(trainer.vectors.values, trainer.places.values, isKnown, dim) }
  },
}

function usualEpochs(examples: number): number {
  return Math.min(MOST_EPOCHS, Math.max(FEWEST_EPOCHS, Math.round(USUAL_EXAMPLES / examples)))
}

/** [itemCount] 1 for items that at least `support` visitors had. */
function knownOf({ log, support }: LearnInput): Uint8Array {
  return Uint8Array.from(itemVisitors(log), (visitors) => Number(visitors >= support && visitors > 0))
}

/** Whether enough visitors had two known items or more: with fewer, vectors would tell who went from what to what. */
function hasTeachers({ log: { starts, items, visitors }, support }: LearnInput, isKnown: Uint8Array): boolean {
  const teachers: { readonly visitor: number }[] = []
  for (let sequence = 0; sequence + 1 < starts.length; sequence++) {
    let known = 0
    for (let at = starts[sequence]!; at < starts[sequence + 1]!; at++) known += isKnown[items[at]!]!
    if (known > 1) teachers.push({ visitor: visitors?.[sequence] ?? sequence })
  }
  return isEnough(teachers, support)
}

/**
 * Each interaction of a known item after others of known items, unknown ones left out; then the same with every sequence read from its end. What
 * goes together does so in either direction, and the vectors have as much again to learn from: on sessions of a shop that alone raised HR@20 by .03.
 */
function examplesOf({ starts, items }: InteractionLog, isKnown: Uint8Array): Examples {
  const kept: number[] = []
  const from: number[] = []
  const places: number[] = []
  const add = (sequence: Int32Array) => {
    const start = kept.length
    for (const item of sequence) {
      if (kept.length > start) {
        from.push(Math.max(start, kept.length - PLACES))
        places.push(kept.length)
      }
      kept.push(item)
    }
  }
  for (let sequence = 0; sequence + 1 < starts.length; sequence++) {
    const known = items.slice(starts[sequence], starts[sequence + 1]).filter((item) => isKnown[item])
    if (known.length < 2) continue
    add(known)
    add(known.reverse())
  }
  return { items: Int32Array.from(kept), from: Int32Array.from(from), places: Int32Array.from(places) }
}

/** Draws items in proportion to a power of how often they came, and tells the logarithm of how often each is among so many drawn. */
function drawFrom({ items }: Examples, itemCount: number, power: number, drawnCount: number, random: () => number) {
  const times = new Float64Array(itemCount)
  for (const item of items) times[item]!++
  const sums = new Float64Array(itemCount)
  let total = 0
  for (let item = 0; item < itemCount; item++) {
    total += times[item]! && times[item]! ** power
    sums[item] = total
  }
  const logOdds = Float32Array.from(times, (count) => (count ? Math.log((count ** power / total) * drawnCount) : 0))
  const draw = () => {
    const aim = random() * total
    let low = 0
    let high = itemCount - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! > aim) high = middle
      else low = middle + 1
    }
    return low
  }
  return { draw, logOdds }
}

/** Puts the examples in another order, in place (Fisher and Yates). */
function shuffle({ from, places }: Examples, random: () => number): void {
  for (let last = places.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    for (const values of [from, places]) [values[last], values[other]] = [values[other]!, values[last]!]
  }
}

/** Vectors as a part holds them: directions in 8 bits, lengths apart; zeros for items that are not known. */
function quantized(vectors: Float32Array, places: Float32Array, isKnown: Uint8Array, dim: number) {
  const itemCount = isKnown.length
  const units = new Int8Array(vectors.length)
  const lengths = new Float32Array(itemCount)
  for (let item = 0; item < itemCount; item++) {
    if (!isKnown[item]) continue
    const vector = vectors.subarray(item * dim, (item + 1) * dim)
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    lengths[item] = Math.hypot(...vector)
    for (let k = 0; k < dim; k++) units[item * dim + k] = Math.round((vector[k]! / largest) * 127)
  }
  return {
    units: { shape: [itemCount, dim], data: units },
    lengths: { shape: [itemCount], data: lengths },
    places: { shape: [PLACES], data: Float32Array.from(places, Math.exp) },
  }
}
