import type { InteractionLog } from './interaction-log'

/** Items of a session that are looked at, the latest: sets grow with a power of them. */
const MOST_ITEMS = 40

/** Sessions, or sets of items that sessions hold. */
export type ToldSessions = {
  /** Each item once, in the order in which they came (sets: in order of rows). */
  readonly rows: readonly Int32Array[]
  /** [rows] visitors who had all of a row in one session. */
  readonly counts: Float64Array
  /** [rows] end of the session, of sets the mean over those that hold it, ms since 1970. Absent where the log has no times. */
  readonly times?: Float64Array
}

/** The sessions of a log of two items and more, as they were; nothing of them is hidden. A sequence with baskets is a session a basket. */
export function wholeSessions(log: InteractionLog): ToldSessions & { readonly visitors: Int32Array } {
  const rows: Int32Array[] = []
  const visitors: number[] = []
  const times: number[] = []
  for (let sequence = 0; sequence + 1 < log.starts.length; sequence++) {
    const end = log.starts[sequence + 1]!
    for (let from = log.starts[sequence]!, to = from; from < end; from = to) {
      while (to < end && log.baskets?.[to] === log.baskets?.[from]) to++
      // The set keeps the first of several, so the latest of each stays where it came last.
      const row = Int32Array.from(new Set(log.items.slice(from, to).reverse()))
        .subarray(0, MOST_ITEMS)
        .reverse()
      if (row.length < 2) continue
      rows.push(row)
      visitors.push(log.visitors?.[sequence] ?? sequence)
      if (log.times) times.push(log.times[to - 1]!)
    }
  }
  return {
    rows,
    counts: new Float64Array(rows.length).fill(1),
    visitors: Int32Array.from(visitors),
    ...(log.times && { times: Float64Array.from(times) }),
  }
}

/**
 * What may be told of sessions: every set of two items and more that at least `support` visitors had in one session, with how many. A session that
 * nobody else had is told only by its parts that others had too. Level by level: a set can only be frequent where it is after its last item is left out
 * (Agrawal and Srikant, VLDB 1994).
 * @param support at least 1.
 * @param largest items of a set, at least 2.
 */
export function frequentSets(log: InteractionLog, support: number, largest: number): ToldSessions {
  const { rows: sessions, visitors, times } = wholeSessions(log)
  const order = Int32Array.from(sessions.keys()).sort((a, b) => visitors[a]! - visitors[b]!)
  const rows: Int32Array[] = []
  const counts: number[] = []
  const means: number[] = []
  const { itemCount } = log
  let known = Array.from({ length: itemCount }, (_, item) => Int32Array.of(item))
  const items = sessions.map((session) => session.toSorted())
  let held: readonly Int32Array[] = items // numbers of the sets of this size that a session holds
  for (let size = 2; size <= largest && known.length > 0; size++) {
    const eachLonger = (session: number, visit: (key: number) => void) => {
      for (const set of held[session]!) {
        const last = known[set]!.at(-1)!
        for (const item of items[session]!) if (item > last) visit(set * itemCount + item)
      }
    }
    const { keys, visitorCounts, sums, sessionCounts } = tallyKeys(order, visitors, times, eachLonger, support)
    const found = Array.from(keys, (key) => Int32Array.of(...known[Math.floor(key / itemCount)]!, key % itemCount))
    for (const [at, row] of found.entries()) {
      rows.push(row)
      counts.push(visitorCounts[at]!)
      if (times) means.push(sums[at]! / sessionCounts[at]!)
    }
    held = sessions.map((_, session) => {
      const numbers: number[] = []
      eachLonger(session, (key) => {
        const number = placeOf(key, keys)
        if (number >= 0) numbers.push(number)
      })
      return Int32Array.from(numbers)
    })
    known = found
  }
  return { rows, counts: Float64Array.from(counts), ...(times && { times: Float64Array.from(means) }) }
}

type KeyTally = { keys: Float64Array; visitorCounts: Int32Array; sessionCounts: Int32Array; sums: Float64Array }

/** Keys of at least `support` visitors, rising, with their visitors, their sessions and the sum of those sessions' times. */
function tallyKeys(
  order: Int32Array,
  visitors: Int32Array,
  times: Float64Array | undefined,
  eachKey: (session: number, visit: (key: number) => void) => void,
  support: number,
): KeyTally {
  let total = 0
  for (const session of order) eachKey(session, () => total++)
  const all = new Float64Array(total)
  const keep = (session: number, start: number) => {
    let end = start
    eachKey(session, (key) => {
      all[end++] = key
    })
    return end
  }
  let size = 0
  for (let from = 0, to = 0; from < order.length; from = to) {
    let end = size
    for (; to < order.length && visitors[order[to]!] === visitors[order[from]!]; to++) end = keep(order[to]!, end)
    all.subarray(size, end).sort()
    const start = size
    for (let at = start; at < end; at++) if (at === start || all[at] !== all[at - 1]) all[size++] = all[at]! // once a visitor
  }
  const sorted = all.subarray(0, size).sort()
  const keys: number[] = []
  const visitorCounts: number[] = []
  for (let from = 0, to = 0; from < size; from = to) {
    while (to < size && sorted[to] === sorted[from]) to++
    if (to - from < support) continue
    keys.push(sorted[from]!)
    visitorCounts.push(to - from)
  }
  const tally = {
    keys: Float64Array.from(keys),
    visitorCounts: Int32Array.from(visitorCounts),
    sessionCounts: new Int32Array(keys.length),
    sums: new Float64Array(keys.length),
  }
  if (times)
    for (const session of order)
      eachKey(session, (key) => {
        const at = placeOf(key, tally.keys)
        if (at < 0) return
        tally.sessionCounts[at]!++
        tally.sums[at]! += times[session]!
      })
  return tally
}

/** The place of a key among rising ones, -1 where it is not. */
function placeOf(key: number, keys: Float64Array): number {
  let low = 0
  let high = keys.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (keys[middle]! === key) return middle
    if (keys[middle]! < key) low = middle + 1
    else high = middle - 1
  }
  return -1
}
