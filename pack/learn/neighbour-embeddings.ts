import { type SparseMatrix, truncatedSvd } from './truncated-svd'

/** Steps in a sequence within which two items are neighbours; the closer, the more. */
const WINDOW = 5

/**
 * Embeddings in which items that stand near one another in sequences lie near one another: a start from which a network learns in a few
 * epochs what takes it many from chance.
 * @param items how many there are. @param dim of a row.
 * @returns [items, dim] row-major, rows of norm 1 in the mean; columns beyond the rank are zeros.
 * Source: Levy, Goldberg: Neural Word Embedding as Implicit Matrix Factorization, NIPS 2014, section 4: positive pointwise mutual information,
 * U √Σ of its singular value decomposition.
 */
export function neighbourEmbeddings(sequences: readonly Int32Array[], items: number, dim: number, seed: number): Float32Array {
  const { dim: rank, left, singular } = truncatedSvd(mutualInformation(sequences, items), dim, seed)
  const values = new Float32Array(items * dim)
  for (let item = 0; item < items; item++) {
    for (let at = 0; at < rank; at++) values[item * dim + at] = left[item * rank + at]! * Math.sqrt(singular[at]!)
  }
  const squares = values.reduce((sum, value) => sum + value * value, 0)
  const factor = squares > 0 ? Math.sqrt(items / squares) : 0
  return values.map((value) => value * factor)
}

/** max(0, log(P(a, b) / (P(a) P(b)))) of items within the window, each pair counted by 1 / distance. */
function mutualInformation(sequences: readonly Int32Array[], items: number): SparseMatrix {
  const places = placesByItem(sequences, items)
  const totals = new Float64Array(items)
  eachPair(sequences, (one, other, worth) => {
    totals[one]! += worth
    totals[other]! += worth
  })
  const total = totals.reduce((sum, value) => sum + value, 0)
  const near = new Float64Array(items)
  const starts = new Uint32Array(items + 1)
  const columns: number[] = []
  const values: number[] = []
  for (let item = 0; item < items; item++) {
    const touched: number[] = []
    for (let at = places.starts[item]!; at < places.starts[item + 1]!; at++) {
      const sequence = sequences[places.sequences[at]!]!
      const place = places.positions[at]!
      for (let other = Math.max(0, place - WINDOW); other <= Math.min(sequence.length - 1, place + WINDOW); other++) {
        const neighbour = sequence[other]!
        if (neighbour === item) continue
        if (near[neighbour] === 0) touched.push(neighbour)
        near[neighbour]! += 1 / Math.abs(other - place)
      }
    }
    for (const neighbour of touched.sort((a, b) => a - b)) {
      const information = Math.log((near[neighbour]! * total) / (totals[item]! * totals[neighbour]!))
      near[neighbour] = 0
      if (information <= 0) continue
      columns.push(neighbour)
      values.push(information)
    }
    starts[item + 1] = columns.length
  }
  return { columnCount: items, starts, columns: Uint32Array.from(columns), values: Float32Array.from(values) }
}

function eachPair(sequences: readonly Int32Array[], visit: (one: number, other: number, worth: number) => void): void {
  for (const sequence of sequences) {
    for (let at = 0; at < sequence.length; at++) {
      for (let later = at + 1; later <= Math.min(sequence.length - 1, at + WINDOW); later++) {
        if (sequence[at] !== sequence[later]) visit(sequence[at]!, sequence[later]!, 1 / (later - at))
      }
    }
  }
}

/** Where each item stands, in order: item i's places are from starts[i] to below starts[i + 1]. */
function placesByItem(sequences: readonly Int32Array[], items: number) {
  const starts = new Uint32Array(items + 1)
  for (const sequence of sequences) for (const item of sequence) starts[item + 1]!++
  for (let item = 0; item < items; item++) starts[item + 1]! += starts[item]!
  const next = starts.slice()
  const own = new Uint32Array(starts[items]!)
  const positions = new Uint32Array(starts[items]!)
  sequences.forEach((sequence, number) => {
    sequence.forEach((item, position) => {
      const at = next[item]!++
      own[at] = number
      positions[at] = position
    })
  })
  return { starts, sequences: own, positions }
}
