import type { StoredEvent } from '../../src/shared/events'
import { YEAR_BUDGET } from '../../src/shared/signals/privacy-budget'
import { type RandomBytes, RandomIntegers } from '../../src/shared/signals/random-integers'
import { seededRandom } from '../support/seeded-random'
import { type Deed, SIGNAL_EPOCHS } from './retail'

/**
 * The visitors of one epoch: each does what a customer who bought in it did, drawn with replacement.
 * @returns [visitors]; empty where nobody bought.
 */
export function drawCrowd<Done>(deeds: readonly Done[], visitors: number, random: () => number): readonly Done[] {
  if (deeds.length === 0) return []
  return Array.from({ length: visitors }, () => deeds[Math.floor(random() * deeds.length)]!)
}

/** The views of one visitor who buys this: one of each item, once more with chance one half, and so on; every visitor looks anew. */
export function viewsOf({ bought }: Deed, random: () => number): StoredEvent[] {
  const events: StoredEvent[] = []
  for (const { id, time } of bought) {
    do events.push({ id: `${events.length}`, name: 'view_item', time, session: 1, items: [{ item_id: id }] })
    while (random() < 0.5)
  }
  return events
}

/** Whole numbers that are the same in every run: for simulations, where `crypto.getRandomValues` is not wanted. */
export function seededIntegers(seed: number): RandomIntegers {
  const random = seededRandom(seed)
  // Four bytes a number: a run takes hundreds of millions.
  const bytes: RandomBytes = (count) => {
    const words = new Uint32Array(Math.ceil(count / 4))
    for (let at = 0; at < words.length; at++) words[at] = random() * 2 ** 32
    return new Uint8Array(words.buffer, 0, count)
  }
  return new RandomIntegers(bytes)
}

/** Share of epochs in which a browser may answer so that the year's budget lasts. @param epsilon of each answer. */
export function participationWithin(epsilon: number): number {
  return Math.min(1, YEAR_BUDGET / (epsilon * 1e6) / SIGNAL_EPOCHS)
}
