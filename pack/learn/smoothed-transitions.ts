import { TopList } from '../../worker/compute/top-list'
import { openTerms } from '../../worker/models/terms'
import { isInOrder } from './is-in-order'
import type { Learner, LearnInput } from './learner'
import { logSteps } from './log-steps'
import { findOccurrences } from './occurrences'
import { RowBuilder } from './row-builder'
import { ShareTally } from './share-tally'
import { terms } from './terms'

const DEFAULTS = {
  alike: 6,
  share: 0.5,
  reach: 10,
  distanceDecay: 0.8,
  asymmetry: 0.5,
  shrinkage: 2,
  kept: 40,
  decay: 0.7,
  halfLifeDays: 0,
}

/** Items that stand in for one another, by their words. */
type Kin = { readonly items: Int32Array; readonly weights: Float64Array }

/**
 * What came after this item, or after one that reads like it, and what reads like that: transitions S N S, where N are those between items
 * (see `transitions`) and S gives an item 1 and each of the `alike` others whose words are nearest `share` times their cosine. So items
 * that few took learn from their kin, and a pair that too few visitors made for it to be told may still rest on enough of them in all: it is
 * kept where at least `support` visitors put something into it, and what one of them put in is cut to 1 / `support` of the sum, so that those who
 * put in next to nothing do not vouch for one who put in all of it.
 * Not learned from baskets, which have no order: every pair of two baskets with the kin of both takes minutes.
 * As in `transitions`, a sum n over m(a)^asymmetry m(b)^(1 - asymmetry), times n / (n + shrinkage), where m are the smoothed counts of both.
 */
export const smoothedTransitions: Learner = {
  model: 'smoothed-transitions',
  canLearn: (input) => isInOrder(input.log) && input.log.items.length > input.log.starts.length - 1 && terms.canLearn(input),
  choices: [DEFAULTS],
  async learn(input, chosen) {
    const settings = { ...DEFAULTS, ...chosen }
    const { log, support, onProgress } = input
    const { itemCount, items } = log
    const kin = await findKin(input, settings.alike, settings.share)
    const { starts, places, sequenceOf, to, visitorOf } = findOccurrences(log)
    const steps = logSteps(log)
    const before = new Float64Array(itemCount)
    const after = new Float64Array(itemCount)
    for (const [item, { items: others, weights }] of kin.entries()) {
      for (let at = 0; at < others.length; at++) {
        const other = others[at]!
        before[item]! += weights[at]! * (starts[other + 1]! - starts[other]!)
        after[other]! += weights[at]! * (starts[item + 1]! - starts[item]!)
      }
    }
    const worth = Float64Array.from({ length: settings.reach + 1 }, (_, distance) => settings.distanceDecay ** (distance - 1))
    const tally = new ShareTally(itemCount)
    const rows = new RowBuilder(itemCount, settings.kept)
    const weights = new Float64Array(itemCount)
    for (let item = 0; item < itemCount; item++) {
      tally.clear()
      const found: { readonly place: number; readonly visitor: number; readonly weight: number }[] = []
      for (const [at, other] of kin[item]!.items.entries()) {
        for (let number = starts[other]!; number < starts[other + 1]!; number++) {
          const place = places[number]!
          found.push({ place, visitor: visitorOf[sequenceOf[place]!]!, weight: kin[item]!.weights[at]! })
        }
      }
      // The tally takes one visitor after the other.
      found.sort((a, b) => a.visitor - b.visitor)
      for (const { place, visitor, weight } of found) {
        for (let next = place + 1, end = to[sequenceOf[place]!]!; next < end; next++) {
          const distance = steps[next]! - steps[place]!
          if (distance > settings.reach) break
          if (distance === 0) continue
          const { items: others, weights: shares } = kin[items[next]!]!
          for (let at = 0; at < others.length; at++) tally.add(others[at]!, weight * worth[distance]! * shares[at]!, visitor)
        }
      }
      const others = tally.items
      for (let at = 0; at < others.length; at++) {
        const other = others[at]!
        const sum = other === item ? 0 : tally.sumOf(other, support)
        const expected = before[item]! ** settings.asymmetry * after[other]! ** (1 - settings.asymmetry)
        weights[at] = sum > 0 ? ((sum / expected) * sum) / (sum + settings.shrinkage) : 0
      }
      rows.add(others, weights)
      if (item % 1000 === 999) onProgress?.(item / itemCount)
    }
    const { tensors, settings: levels } = rows.finish()
    return { model: 'smoothed-transitions', settings: { ...settings, ...levels }, tensors }
  },
}

/** Of each item itself, with 1, and those whose words are nearest, with `share` times the cosine. */
async function findKin(input: LearnInput, alike: number, share: number): Promise<Kin[]> {
  const model = openTerms(await terms.learn(input, terms.choices[0] ?? {}))
  const scores = new Float32Array(model.itemCount)
  const kin: Kin[] = []
  for (let item = 0; item < model.itemCount; item++) {
    await model.score({ items: Int32Array.of(item) }, scores)
    const own = scores[item]!
    scores[item] = 0
    const best = new TopList(alike)
    let floor = 0
    for (let other = 0; other < scores.length; other++) {
      if (!(scores[other]! > floor)) continue
      best.offer(other, scores[other]!)
      floor = Math.max(0, best.floor)
    }
    const { indices, scores: nearest } = best.toTopK()
    kin.push({
      items: Int32Array.of(item, ...indices),
      weights: Float64Array.of(1, ...Array.from(nearest, (score) => (share * score) / own)),
    })
  }
  return kin
}
