/** One thing that a metric's buckets answer: a share of the browsers that came back, or of those among them of whom something else is true. */
export type Measure = {
  /** Beside its bar. */
  readonly label: string
  /** What these browsers did, in words that follow "the browsers that came back". */
  readonly says: string
  /** [k] 1 for the buckets that count, 0 for the others. */
  readonly weights: readonly number[]
  /** Only browsers of these buckets are asked about: `says` follows "the browsers that came back and". */
  readonly among?: { readonly says: string; readonly weights: readonly number[] }
}

/** How a metric with one group of buckets is shown. */
export type Measures = {
  /** What is said of it in one sentence; absent where it is whichever bucket is the largest. */
  readonly headline?: Measure
  /** A bar each, in their own order; where there is no headline, the largest comes first. */
  readonly rows: readonly Measure[]
  /** Places of rows that name nothing of the list (none of it, something else): never called the largest. */
  readonly asides: readonly number[]
}

/** How a bucket is named beside its bar, and what its browsers did. */
export type Words = readonly [label: string, says: string]

/** A row a bucket. @param first of the first bucket, which in all kinds is for those that fit nowhere else. */
export type RowsAs = (first: Words, words: (bucket: string, at: number) => Words) => readonly Measure[]

/** Weights of buckets `from` to `to`, both included, of `count`. */
export function bucketRange(count: number, from: number, to = count - 1): readonly number[] {
  return Array.from({ length: count }, (_, at) => (at >= from && at <= to ? 1 : 0))
}
