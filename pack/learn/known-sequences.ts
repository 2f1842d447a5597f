import { seededRandom } from '../../worker/compute/tensors/seeded-random'
import { type KnownItems, knownItems } from '../../worker/models/known-items'
import { type InteractionLog, sequenceCount } from './interaction-log'
import { shuffled } from './shuffled'

/** A question with its answer, both as a network numbers items. */
export type HeldOut = { readonly visit: Int32Array; readonly target: number }

/** What a network learns from. */
export type KnownSequences = {
  readonly known: KnownItems
  /** Sequences of at least one known item. */
  readonly sequences: readonly Int32Array[]
  /** [sequences] number of the visitor whose each is. */
  readonly owners: readonly number[]
  /** Last items of some sequences, taken off them, to see by when to stop. */
  readonly heldOut: readonly HeldOut[]
}

const HELD_OUT_SHARE = 0.1
const MAX_HELD_OUT = 2000
/** Fewer questions than these say nothing. */
const MIN_HELD_OUT = 20

/**
 * Leaves out the items that fewer than `support` visitors saw, and holds some sequences' last items back: of a tenth of those of at least
 * three items, 2,000 at most, none where that is fewer than 20.
 */
export function knownSequences(log: InteractionLog, support: number, seed: number): KnownSequences {
  const counts = visitorCounts(log)
  const known = knownItems(Uint32Array.from([...counts.keys()].filter((row) => counts[row]! >= Math.max(1, support))), log.itemCount)
  const sequences: Int32Array[] = []
  const owners: number[] = []
  for (let s = 0; s < sequenceCount(log); s++) {
    const sequence = known.among(log.items.subarray(log.starts[s]!, log.starts[s + 1]!))
    if (sequence.length === 0) continue
    sequences.push(sequence)
    owners.push(log.visitors?.[s] ?? s)
  }
  const heldOut = holdOut(sequences, seed)
  return { known, sequences, owners, heldOut }
}

/** Shortens the sequences chosen. */
function holdOut(sequences: Int32Array[], seed: number): HeldOut[] {
  const long = [...sequences.keys()].filter((s) => sequences[s]!.length > 2)
  const count = Math.min(MAX_HELD_OUT, Math.floor(long.length * HELD_OUT_SHARE))
  if (count < MIN_HELD_OUT) return []
  return shuffled(Int32Array.from(long), seededRandom(seed))
    .subarray(0, count)
    .reduce<HeldOut[]>((held, s) => {
      const target = sequences[s]!.at(-1)!
      sequences[s] = sequences[s]!.subarray(0, -1)
      held.push({ visit: sequences[s]!, target })
      return held
    }, [])
}

/** [itemCount] visitors that saw each item. */
function visitorCounts({ itemCount, starts, items, visitors }: InteractionLog): Int32Array {
  const order = Array.from({ length: starts.length - 1 }, (_, s) => s)
  if (visitors) order.sort((a, b) => visitors[a]! - visitors[b]!)
  const counts = new Int32Array(itemCount)
  const last = new Int32Array(itemCount).fill(-1) // visitor, by rank in `order`, that an item was last counted for
  let visitor = -1
  order.forEach((s, at) => {
    if (at === 0 || !visitors || visitors[s] !== visitors[order[at - 1]!]) visitor++
    for (let i = starts[s]!; i < starts[s + 1]!; i++) {
      const item = items[i]!
      if (last[item] === visitor) continue
      last[item] = visitor
      counts[item]!++
    }
  })
  return counts
}
