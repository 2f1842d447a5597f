import type { ModelPart, Settings } from '../../worker/models/model-part'
import { factorize, type Side, sumSide } from './alternating-squares'
import type { Learner, LearnInput } from './learner'
import { transpose, visitorRows, type WeightedRows } from './visitor-rows'

const LEVELS = 127

const DEFAULTS = { dim: 128, sweeps: 6, unseen: 0.005, ridge: 0.007, decay: 0.5, halfLifeDays: 0 }

/**
 * Learns factors and biases of items by alternating least squares: visitors' and items' rows in turn, each the exact minimum of the objective
 * that `openMatrixFactorization` states, given the others. Observed cells weigh 1 (or as the log says) and have target 1; all cells weigh
 * `unseen` and have target 0; the ridge of a row grows with the weight that it is learned from (Rendle et al., RecSys 2022, exponent 1).
 * Factors begin as uniform draws of deviation 0.1 / sqrt(dim), biases at 0. Visitors' rows are not kept: they are folded in on the device.
 *
 * Settings: `dim` factors; `sweeps` over both sides; `unseen` and `ridge` as above; `decay` and `halfLifeDays` weigh positions at folding
 * in, not at learning.
 */
export const matrixFactorization: Learner = {
  model: 'matrix-factorization',
  canLearn: ({ log, support }) => visitorRows(log, support).columns.length > 0,
  choices: [DEFAULTS],
  learn: (input, settings) => learnFactors(input, { ...DEFAULTS, ...settings }),
}

function learnFactors({ log, support, seed, onProgress }: LearnInput, settings: typeof DEFAULTS & Settings): ModelPart {
  const byVisitor = visitorRows(log, support)
  const byItem = transpose(byVisitor)
  const { items, mean } = factorize(byVisitor, byItem, settings, seed, onProgress)
  const rounded = roundSide(items, byItem)
  const { gram, offset, learned } = sumSide(rounded.side, byItem, mean)
  const { dim } = settings
  const size = dim + 1
  return {
    model: 'matrix-factorization',
    settings: { ...settings, mean, learned },
    tensors: {
      factors: { shape: [log.itemCount, dim], data: rounded.factors },
      scales: { shape: [log.itemCount], data: rounded.scales },
      biases: { shape: [log.itemCount], data: rounded.biases },
      gram: { shape: [size, size], data: Float32Array.from(gram) },
      offset: { shape: [size], data: Float32Array.from(offset) },
    },
  }
}

/** Rounds to int8 what is kept; rows that were not learned are zeros with scale 0. @returns also the side as the device will read it. */
function roundSide({ values, dim }: Side, { starts }: WeightedRows) {
  const count = starts.length - 1
  const size = dim + 1
  const factors = new Int8Array(count * dim)
  const scales = new Float32Array(count)
  const biases = new Float32Array(count)
  const read = new Float64Array(values.length)
  for (let item = 0; item < count; item++) {
    if (starts[item] === starts[item + 1]) continue
    const row = values.subarray(item * size, item * size + dim)
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    // Rows may shrink to nothing where biases tell all
    scales[item] = Math.fround(largest / LEVELS) || 1
    biases[item] = values[item * size + dim]!
    for (let k = 0; k < dim; k++) {
      const level = Math.round(row[k]! / scales[item]!)
      factors[item * dim + k] = level
      read[item * size + k] = level * scales[item]!
    }
    read[item * size + dim] = biases[item]!
  }
  return { factors, scales, biases, side: { values: read, dim } }
}
