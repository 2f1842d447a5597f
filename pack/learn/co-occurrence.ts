import type { InteractionLog } from './interaction-log'
import { findOccurrences } from './occurrences'
import { PairTally } from './pair-tally'

export type CoOccurrence = {
  /** [itemCount] the sequences that hold an item, each by its worth. */
  readonly norms: Float64Array
  /** Of one item: the sequences that hold it and another, each by its worth, and their visitors; the item itself among them. Until the next call. */
  readonly tallyOf: (item: number) => PairTally
}

/** Counts pairs, one item at a time. @param lengthPower a sequence is worth 1 / length^lengthPower: 0 counts all alike. */
export function countCoOccurrence(log: InteractionLog, lengthPower: number): CoOccurrence {
  const { itemCount, items } = log
  const { starts, places, sequenceOf, from, to, visitorOf } = findOccurrences(log)
  const worth = Float64Array.from(to, (end, sequence) => (end - from[sequence]! || 1) ** -lengthPower)
  const tally = new PairTally(itemCount)
  const seen = new Uint8Array(itemCount)
  const eachSequenceOf = (item: number, visit: (sequence: number) => void) => {
    let before = -1
    for (let place = starts[item]!; place < starts[item + 1]!; place++) {
      const sequence = sequenceOf[places[place]!]!
      if (sequence !== before) visit(sequence)
      before = sequence
    }
  }
  const addSequence = (sequence: number) => {
    for (let at = from[sequence]!; at < to[sequence]!; at++) {
      const other = items[at]!
      if (!seen[other]) tally.add(other, worth[sequence]!, visitorOf[sequence]!)
      seen[other] = 1
    }
    for (let at = from[sequence]!; at < to[sequence]!; at++) seen[items[at]!] = 0
  }
  const norms = new Float64Array(itemCount)
  for (let item = 0; item < itemCount; item++) {
    eachSequenceOf(item, (sequence) => {
      norms[item]! += worth[sequence]!
    })
  }
  return {
    norms,
    tallyOf(item) {
      tally.clear()
      eachSequenceOf(item, addSequence)
      return tally
    },
  }
}
