import type { Settings } from '../../worker/models/model-part'
import type { Trial } from './contestant'
import type { Protocol } from './evaluation-task'
import type { Measured } from './measure-quality'

/** What one contestant was found to be worth. */
export type ModelEvaluation = {
  readonly model: string
  /** As chosen on the validation. */
  readonly settings: Settings
  readonly trials: readonly Trial[]
  /** Of the test. */
  readonly quality: Measured
  /** Of the same test, where it was learned from the validation's answers too, and where that was asked for. */
  readonly retrained?: Measured
  /** How long choosing settings and learning took: once, or slice by slice where time is cut. */
  readonly chooseMs: number
  readonly learnMs: number
  /** What its files take in a pack, as learned for the last cases, plain and packed by gzip. */
  readonly packBytes: { readonly raw: number; readonly gzip: number }
}

/** One protocol on one data set. */
export type Evaluation = {
  readonly protocol: Protocol
  readonly itemCount: number
  /** Asked in the test; fewer than there are where a sample was taken. */
  readonly cases: number
  readonly allCases: number
  /** Nothing was learned from fewer visitors. */
  readonly support: number
  readonly seed: number
  readonly models: readonly ModelEvaluation[]
  /** Models that did not answer, and why. */
  readonly absent: readonly { readonly model: string; readonly reason: string; readonly isFault: boolean }[]
}
