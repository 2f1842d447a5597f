import { TopList } from '../../compute/top-list'
import type { Recommender, Visit } from '../../models/recommender'
import { type View, viewOf } from './views'

/** One model asked about one view of the visit: a feature of its own. */
export type Voice = {
  readonly model: Recommender
  readonly view: View
  /** A usual score above 0 of this model: features are in such units. Above 0. */
  readonly typical: number
}

/** Features that no model gives: how many models something speaks for the item in, whether the visit holds it already, and always 1. */
export const OWN_FEATURES = ['agreement', 'seen', 'bias'] as const

/** Candidates of a visit, and of each what there is to know. */
export type FeatureRows = {
  /** Each once. */
  readonly items: Int32Array
  /** [items.length, voices + OWN_FEATURES] row-major, each finite and at least 0. */
  readonly values: Float32Array
}

/** Turns visits into feature rows. Keeps room for the scores of all voices, which the next call overwrites. */
export class FeatureRowMaker {
  readonly itemCount: number
  readonly dim: number
  readonly #scores: readonly Float32Array[]
  readonly #isIn: Uint8Array
  #last: Promise<unknown> = Promise.resolve()

  /**
   * @param voices those of one model next to each other.
   * @param perVoice each voice proposes so many items.
   */
  constructor(
    readonly voices: readonly Voice[],
    readonly perVoice: number,
  ) {
    this.itemCount = voices.reduce((most, { model }) => Math.max(most, model.itemCount), 0)
    this.dim = voices.length + OWN_FEATURES.length
    this.#scores = voices.map(() => new Float32Array(this.itemCount))
    this.#isIn = new Uint8Array(this.itemCount)
  }

  /**
   * The best of every voice and what the visit holds (visitors come back to items that no log knows enough about), with their features: of a voice
   * log(1 + score / typical), of the rest see `OWN_FEATURES`.
   * @param isOut items that must not be among them.
   */
  async candidates(visit: Visit, isOut: (item: number) => boolean = () => false): Promise<FeatureRows> {
    return this.#inTurn(() => this.#propose(visit, isOut))
  }

  /** The features of given items. @param items rows below `itemCount`. */
  async rowsOf(items: Int32Array, visit: Visit): Promise<FeatureRows> {
    return this.#inTurn(async () => {
      await this.#ask(visit)
      return this.#rowsOf(items, visit)
    })
  }

  /** One visit after the other: all write their scores into the same room. */
  #inTurn(work: () => Promise<FeatureRows>): Promise<FeatureRows> {
    const rows = this.#last.then(work)
    this.#last = rows.catch(() => {}) // whoever asked hears of it
    return rows
  }

  async #propose(visit: Visit, isOut: (item: number) => boolean): Promise<FeatureRows> {
    await this.#ask(visit)
    const found: number[] = []
    const propose = (item: number) => {
      if (this.#isIn[item]) return
      this.#isIn[item] = 1
      found.push(item)
    }
    for (const item of visit.items) if (!isOut(item)) propose(item)
    for (const scores of this.#scores) {
      const best = new TopList(this.perVoice)
      let floor = 0
      for (let item = 0; item < scores.length; item++) {
        if (!(scores[item]! > floor) || isOut(item)) continue
        best.offer(item, scores[item]!)
        floor = Math.max(0, best.floor)
      }
      for (const item of best.toTopK().indices) propose(item)
    }
    for (const item of found) this.#isIn[item] = 0
    return this.#rowsOf(Int32Array.from(found), visit)
  }

  async #ask(visit: Visit): Promise<void> {
    for (const [number, { model, view }] of this.voices.entries()) {
      const answer = model.score(viewOf(visit, view), this.#scores[number]!.subarray(0, model.itemCount))
      if (answer) await answer
    }
  }

  #rowsOf(items: Int32Array, visit: Visit): FeatureRows {
    const { voices, dim } = this
    const values = new Float32Array(items.length * dim)
    const agreement = voices.length
    for (const [number, { model, typical }] of voices.entries()) {
      const scores = this.#scores[number]!
      const isFirst = voices[number - 1]?.model !== model
      for (let row = 0; row < items.length; row++) {
        const score = scores[items[row]!]!
        if (!(score > 0)) continue
        values[row * dim + number] = Math.log1p(score / typical)
        if (isFirst) values[row * dim + agreement]!++
      }
    }
    for (let row = 0; row < items.length; row++) {
      values[row * dim + agreement + 1] = Number(visit.items.includes(items[row]!))
      values[row * dim + agreement + 2] = 1
    }
    return { items, values }
  }
}
