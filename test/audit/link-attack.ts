import { EPOCH_MS, epochStart } from '../../src/shared/signals/epoch'

/** What is seen of a report: see `Packet`. */
export type Seen = { readonly url: string; readonly at: number; readonly envelope: string; readonly body: Uint8Array }
/** Two reports of which it is asked whether they are of one visitor. */
export type Pair = readonly [Seen, Seen]

const [STEPS, RATE] = [300, 0.5]

/**
 * Attacks pairs by all that is seen of them together: learns on one half of the pairs which features tell one visitor's from strangers', tries it on the other
 * half, and the other way round.
 * @returns the chance that of a visitor's own pair and a strangers' the own one looks more alike: 0.5 where nothing can be told.
 */
export function attackAuc(own: readonly Pair[], strangers: readonly Pair[]): number {
  const [ownRows, otherRows] = standardized(own.map(featuresOf), strangers.map(featuresOf))
  const halves = [0, 1].map((half) => {
    const of = (rows: readonly Float64Array[], side: number) => rows.filter((_, at) => at % 2 === side)
    const weights = learn(of(ownRows, half), of(otherRows, half))
    const scores = (rows: readonly Float64Array[]) => Float64Array.from(of(rows, 1 - half), (row) => dot(row, weights))
    return areaOf(scores(ownRows), scores(otherRows))
  })
  return (halves[0]! + halves[1]!) / 2
}

/** How alike two reports are, in every respect that a collector sees. */
export function featuresOf([one, other]: Pair): Float64Array {
  const apart = Math.abs(one.at - other.at)
  const isSameMetric = one.body[1] === other.body[1]
  const day = 86_400_000
  return Float64Array.of(
    1,
    // Buckets that both hold, of one metric and of two; and whether they hold just the same.
    isSameMetric ? common(one.body, other.body) : 0,
    isSameMetric ? 0 : common(one.body, other.body),
    Number(isSameMetric && common(one.body, other.body) === common(one.body, one.body)),
    // Everything else in the body: the nonce above all.
    differentBits(one.body.subarray(0, 32), other.body.subarray(0, 32)),
    one.body.length - other.body.length,
    Number(one.envelope === other.envelope),
    Number(one.url === other.url),
    // How long after their epochs they came: few are told in their own week, and two of those are soon of one visitor.
    Number(weeksLate(one) === weeksLate(other)),
    Number(weeksLate(one) === 0 && weeksLate(other) === 0),
    Math.abs(lag(one) - lag(other)) / EPOCH_MS,
    circular(apart, EPOCH_MS),
    circular(apart, day),
    circular(apart, 60_000),
    circular(apart, 1_000),
  )
}

/** Milliseconds from the beginning of the epoch that a report is about to its coming. */
function lag({ at, body }: Seen): number {
  return at - epochStart(new DataView(body.buffer, body.byteOffset).getUint32(4, true))
}

/** 0 for a report that is told in its own week. */
function weeksLate(seen: Seen): number {
  return Math.floor(lag(seen) / EPOCH_MS)
}

function common(one: Uint8Array, other: Uint8Array): number {
  let count = 0
  for (let at = 32; at < one.length; at++) count += ones(one[at]! & other[at]!)
  return count
}

function differentBits(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((count, byte, at) => count + ones(byte ^ other[at]!), 0)
}

function ones(byte: number): number {
  let count = 0
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1
  return count
}

function circular(apart: number, period: number): number {
  const rest = apart % period
  return Math.min(rest, period - rest) / period
}

/** Features less their mean, by their spread; the first is the constant. */
function standardized(...sides: [Float64Array[], Float64Array[]]): [Float64Array[], Float64Array[]] {
  const all = sides.flat()
  const width = all[0]!.length
  for (let feature = 1; feature < width; feature++) {
    const mean = all.reduce((sum, row) => sum + row[feature]!, 0) / all.length
    const spread = Math.sqrt(all.reduce((sum, row) => sum + (row[feature]! - mean) ** 2, 0) / all.length) || 1
    for (const row of all) row[feature] = (row[feature]! - mean) / spread
  }
  return sides
}

/** Logistic regression by plain gradient descent. */
function learn(own: readonly Float64Array[], others: readonly Float64Array[]): Float64Array {
  const weights = new Float64Array(own[0]!.length)
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(weights.length)
    for (const [rows, truth] of [[own, 1] as const, [others, 0] as const])
      for (const row of rows) {
        const error = truth - 1 / (1 + Math.exp(-dot(row, weights)))
        for (let feature = 0; feature < row.length; feature++) gradient[feature]! += (error * row[feature]!) / rows.length
      }
    for (let feature = 0; feature < weights.length; feature++) weights[feature]! += RATE * gradient[feature]!
  }
  return weights
}

function dot(row: Float64Array, weights: Float64Array): number {
  return row.reduce((sum, value, at) => sum + value * weights[at]!, 0)
}

/** Chance that one of `own` is above one of `others`; half of it where they are equal. */
function areaOf(own: Float64Array, others: Float64Array): number {
  const all = [...Array.from(own, (score) => ({ score, isOwn: true })), ...Array.from(others, (score) => ({ score, isOwn: false }))]
  all.sort((one, other) => one.score - other.score)
  let ranks = 0
  for (let from = 0; from < all.length; ) {
    let to = from
    while (to < all.length && all[to]!.score === all[from]!.score) to++
    // Ranks from 1; of equals, the middle one.
    for (let at = from; at < to; at++) if (all[at]!.isOwn) ranks += (from + 1 + to) / 2
    from = to
  }
  return (ranks - (own.length * (own.length + 1)) / 2) / (own.length * others.length)
}
