/** A measured value. `error` is its standard error; published tables seldom tell it. */
export type Measured = { readonly mean: number; readonly error?: number }

/** What is measured, e.g. `hr@10`. */
export type QualityMetric = {
  readonly id: string
  readonly label: string
  /** What pure chance would come to, where that is known. */
  readonly chance?: number
}

/** One model on one set of data. */
export type QualityRow = {
  /** Of ours the model's name, else as it was published. */
  readonly name: string
  /** `published`: a figure of others on the same data and under the same rules, quoted from `source`. */
  readonly kind: 'ours' | 'published'
  readonly source?: string
  /** By metric; what is not known is left out. */
  readonly values: Readonly<Record<string, Measured>>
}

/** One set of data, and how good the models are on it. */
export type QualitySet = {
  readonly id: string
  readonly title: string
  /** What was asked of the models, in a sentence. */
  readonly asked: string
  /** Questions asked; absent where nothing was measured yet. */
  readonly cases?: number
  readonly items: number
  /** Fewest people that anything learned rests on. */
  readonly support?: number
  readonly metrics: readonly QualityMetric[]
  /** In any order. */
  readonly rows: readonly QualityRow[]
}

/** What `quality.json` (the shop's own orders, measured by its build) and `results.json` (public data, measured by a bench) hold. */
export type QualityFile = {
  /** When, as YYYY-MM-DD, and on what machine. Absent for what every build measures anew, and where nothing was measured. */
  readonly measured?: { readonly day: string; readonly machine: string }
  readonly sets: readonly QualitySet[]
}
