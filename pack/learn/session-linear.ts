import { greatestOf } from './greatest-of'
import type { InteractionLog } from './interaction-log'
import type { Learner } from './learner'
import { findOccurrences, type Occurrences } from './occurrences'
import { PairTally } from './pair-tally'
import { RowBuilder } from './row-builder'
import { solveRidge } from './solve-ridge'

const DEFAULTS = {
  pastDecay: 0.5,
  nextDecay: 0.5,
  backward: 1,
  lambda: 10,
  candidates: 100,
  pairs: 1000,
  kept: 100,
  decay: 0.5,
  halfLifeDays: 0,
}

type Worth = Pick<typeof DEFAULTS, 'pastDecay' | 'nextDecay' | 'backward' | 'pairs'>

/** A sparse symmetric matrix. */
type Gram = { readonly starts: Float64Array; readonly items: Int32Array; readonly values: Float32Array }

/**
 * What comes next foretold from what came before, by ridge regression: at each cut of a sequence the past is a row x, an item k steps before the cut
 * counting `pastDecay`^k, the future a row y, k steps after it `nextDecay`^k; B minimizes |Y - X B|^2 + lambda |B|^2. Every sequence is also read from
 * its end, each cut of it counting `backward`. Each item is regressed on the `candidates` that go with it most, itself among them where it is come back
 * to; only those that at least `support` visitors had before it or, where `backward` is above 0, after it.
 * Coefficients of 0 and below are left out. Of X^T X the `pairs` greatest values of each row are remembered, and others are 0.
 * Source: SLIT of Choi et al. (SLIST, WWW 2021), section 3.3, over candidates instead of in closed form over all, and the other direction instead
 * of SLIS, which has none.
 */
export const sessionLinear: Learner = {
  model: 'session-linear',
  canLearn: ({ log }) => log.items.length > log.starts.length - 1,
  choices: [DEFAULTS, { ...DEFAULTS, backward: 0.3 }],
  learn({ log, support, onProgress }, chosen) {
    const settings = { ...DEFAULTS, ...chosen }
    const { itemCount } = log
    const occurrences = findOccurrences(log)
    const gram = gramOf(log, occurrences, settings)
    const tellSources = sourcesOf(log, occurrences, settings)
    const sources: number[][] = Array.from({ length: itemCount }, () => [])
    const targets: number[][] = Array.from({ length: itemCount }, () => [])
    const places = new Int32Array(itemCount).fill(-1)
    const scratch = new Float64Array(settings.candidates ** 2)
    for (let target = 0; target < itemCount; target++) {
      const tally = tellSources(target)
      const items = tally.items
        .filter((item) => tally.visitors[item]! >= support)
        .sort((a, b) => tally.sums[b]! - tally.sums[a]! || a - b)
        .subarray(0, settings.candidates)
      const values = solve(gram, items, tally.sums, settings.lambda, { places, scratch })
      for (const [at, item] of items.entries()) {
        if (!(values[at]! > 0)) continue
        sources[item]!.push(values[at]!)
        targets[item]!.push(target)
      }
      if (target % 1000 === 999) onProgress?.(target / itemCount)
    }
    const rows = new RowBuilder(itemCount, settings.kept)
    for (let item = 0; item < itemCount; item++) rows.add(targets[item]!, sources[item]!)
    const { tensors, settings: levels } = rows.finish()
    return { model: 'session-linear', settings: { ...settings, ...levels }, tensors }
  },
}

/** X^T X: over all cuts after both (backward: before), of two places each by its distance to the cut. */
function gramOf({ itemCount, items }: InteractionLog, { starts, places, sequenceOf, from, to }: Occurrences, worth: Worth): Gram {
  const { pastDecay: decay, backward, pairs } = worth
  const sumOver = (cuts: number) => sumOfPowers(decay * decay, cuts)
  const rowStarts = new Float64Array(itemCount + 1)
  const rowItems: Int32Array[] = []
  const rowValues: Float32Array[] = []
  const tally = new PairTally(itemCount)
  for (let item = 0; item < itemCount; item++) {
    tally.clear()
    for (let place = starts[item]!; place < starts[item + 1]!; place++) {
      const here = places[place]!
      const sequence = sequenceOf[here]!
      for (let at = from[sequence]!; at < to[sequence]!; at++) {
        const cuts = sumOver(to[sequence]! - 1 - Math.max(at, here)) + backward * sumOver(Math.min(at, here) - from[sequence]!)
        if (cuts > 0) tally.add(items[at]!, decay ** Math.abs(at - here) * cuts, 0)
      }
    }
    const diagonal = tally.sums[item]!
    // Its own value is the one that must not be forgotten.
    if (tally.items.length > pairs) tally.sums[item] = Number.POSITIVE_INFINITY
    const known = greatestOf(tally.items, tally.sums, pairs)
    tally.sums[item] = diagonal
    rowItems.push(known)
    rowValues.push(Float32Array.from(known, (other) => tally.sums[other]!))
    rowStarts[item + 1] = rowStarts[item]! + known.length
  }
  const gram = { starts: rowStarts, items: new Int32Array(rowStarts[itemCount]!), values: new Float32Array(rowStarts[itemCount]!) }
  for (const [item, row] of rowItems.entries()) {
    gram.items.set(row, rowStarts[item])
    gram.values.set(rowValues[item]!, rowStarts[item])
  }
  return gram
}

/** Column of X^T Y, one item at a time: what goes with it, and how many visitors had that. Until the next call. */
function sourcesOf({ itemCount, items }: InteractionLog, occurrences: Occurrences, settings: Worth): (target: number) => PairTally {
  const { starts, places, sequenceOf, from, to, visitorOf } = occurrences
  const { pastDecay, nextDecay, backward } = settings
  const tally = new PairTally(itemCount)
  const worth: number[] = [0]
  const worthAt = (distance: number) => {
    // Over the cuts between the two: u steps from the first to the cut, the rest from it to the second.
    for (let steps = worth.length; steps <= distance; steps++) worth.push(pastDecay * worth[steps - 1]! + nextDecay ** (steps - 1))
    return worth[distance]!
  }
  return (target) => {
    tally.clear()
    for (let place = starts[target]!; place < starts[target + 1]!; place++) {
      const here = places[place]!
      const sequence = sequenceOf[here]!
      const visitor = visitorOf[sequence]!
      for (let at = from[sequence]!; at < here; at++) tally.add(items[at]!, worthAt(here - at), visitor)
      if (backward > 0) for (let at = here + 1; at < to[sequence]!; at++) tally.add(items[at]!, backward * worthAt(at - here), visitor)
    }
    return tally
  }
}

/** Of use to one solution after the other: `places` [itemCount], all -1 between them, `scratch` [candidates, candidates]. */
type Room = { readonly places: Int32Array; readonly scratch: Float64Array }

/** (G + lambda I)^-1 r over some items. */
function solve(gram: Gram, items: Int32Array, sums: Float64Array, lambda: number, { places, scratch }: Room): Float64Array {
  const size = items.length
  const matrix = new Float64Array(size * size)
  for (const [place, item] of items.entries()) places[item] = place
  for (const [row, item] of items.entries()) {
    for (let at = gram.starts[item]!; at < gram.starts[item + 1]!; at++) {
      const column = places[gram.items[at]!]!
      // Either of the two may have forgotten the other.
      if (column >= 0) matrix[row * size + column] = matrix[column * size + row] = gram.values[at]!
    }
  }
  for (const item of items) places[item] = -1
  const values = Float64Array.from(items, (item) => sums[item]!)
  solveRidge(matrix, size, lambda, values, scratch)
  return values
}

/** 1 + ratio + ratio^2 + ..., so many terms. */
function sumOfPowers(ratio: number, terms: number): number {
  return ratio === 1 ? terms : (1 - ratio ** terms) / (1 - ratio)
}
