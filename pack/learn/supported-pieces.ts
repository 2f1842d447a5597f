/** Steps back to which an item may be joined. */
const WINDOW = 5

/**
 * Cuts sequences where a step rests on too few visitors: an item stays with those before it only where `support` visitors or more had it and
 * one of the last five before it near one another, in either order; else a new piece begins with it.
 * @param owners [sequences] whose each is.
 * @param items how many there are; all in `sequences` are below.
 * @returns pieces of at least two items, in order; the sequences themselves where `support` is below 2.
 */
export function supportedPieces(
  sequences: readonly Int32Array[],
  owners: readonly number[],
  items: number,
  support: number,
): readonly Int32Array[] {
  if (support < 2) return sequences
  const counts = pairCounts(sequences, owners, items)
  const pieces: Int32Array[] = []
  for (const sequence of sequences) {
    let from = 0
    for (let at = 1; at <= sequence.length; at++) {
      if (at < sequence.length && isJoined(sequence, from, at)) continue
      if (at - from > 1) pieces.push(sequence.subarray(from, at))
      from = at
    }
  }
  return pieces

  function isJoined(sequence: Int32Array, from: number, at: number): boolean {
    for (let before = Math.max(from, at - WINDOW); before < at; before++) {
      if ((counts.get(keyOf(sequence[before]!, sequence[at]!, items)) ?? 0) >= support) return true
    }
    return false
  }
}

/** Visitors who had both items of a pair within the window, by the pair's key. */
function pairCounts(sequences: readonly Int32Array[], owners: readonly number[], items: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  const own = new Set<number>()
  const order = [...sequences.keys()].sort((a, b) => owners[a]! - owners[b]!)
  order.forEach((s, rank) => {
    if (rank > 0 && owners[s] !== owners[order[rank - 1]!]) own.clear()
    const sequence = sequences[s]!
    for (let at = 1; at < sequence.length; at++) {
      for (let before = Math.max(0, at - WINDOW); before < at; before++) {
        const key = keyOf(sequence[before]!, sequence[at]!, items)
        if (own.has(key)) continue
        own.add(key)
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }
  })
  return counts
}

function keyOf(a: number, b: number, items: number): number {
  return Math.min(a, b) * items + Math.max(a, b)
}
