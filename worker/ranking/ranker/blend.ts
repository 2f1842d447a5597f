import { MODEL_NAMES, type ModelName, type ModelPart } from '../../models/model-part'
import { PartReader } from '../../models/part-reader'
import type { Recommender, Visit } from '../../models/recommender'
import { BayesianRanker, type Belief } from './bayesian-ranker'
import { FeatureRowMaker, type FeatureRows, OWN_FEATURES, type Voice } from './feature-rows'
import { VIEWS, type View, viewOf } from './views'

/** Smallest score of a candidate: 0 would say that nothing speaks for it. */
const LEAST = 1e-30

/** The features of a voice in the settings of a part, and as they are told: a model and what of the visit it is asked about. */
export function voiceName(model: ModelName, view: View): string {
  return view === 'all' ? model : `${model} ${view}`
}

/** Voices that a part of model `blend` names, in the order of its weights; for each there is a setting of its name, the typical score. */
function voicesOf({ settings }: ModelPart): { readonly name: ModelName; readonly view: View; readonly typical: number }[] {
  const all = MODEL_NAMES.flatMap((name) => VIEWS.map((view) => ({ name, view, typical: settings[voiceName(name, view)] ?? 0 })))
  return all.filter(({ typical }) => typical > 0)
}

/** The models that a blend needs. @param part of model `blend`. */
export function modelsOfBlend(part: ModelPart): readonly ModelName[] {
  return [...new Set(voicesOf(part).map(({ name }) => name))]
}

/** The names of a blend's features, in the order of its rows and weights. @param part of model `blend`. */
export function featuresOfBlend(part: ModelPart): readonly string[] {
  return [...voicesOf(part).map(({ name, view }) => voiceName(name, view)), ...OWN_FEATURES]
}

/**
 * Opens a blend over models that are open.
 * @param part of model `blend`: tensors `weights` [dim] and `precision` [dim, dim] Float32; settings `perVoice` and the typical score of each
 *   voice by its name. dim: voices, then `OWN_FEATURES`.
 * @param models at least those of `modelsOfBlend`, in any order. They stay the caller's.
 * @param belief what this device has learned since, as `ranker.belief` gave it; passed over where it is of another shape.
 * @throws SottoError `pack-invalid` where a model is missing or the tensors are not as said.
 */
export function openBlend(part: ModelPart, models: readonly Recommender[], belief?: Belief): Blend {
  const reader = new PartReader(part)
  const voices = voicesOf(part).map(({ name, view, typical }): Voice => {
    const model = models.find((one) => one.name === name)
    if (!model) throw reader.wrong(`it needs the model "${name}", which is not there`)
    return { model, view, typical }
  })
  const dim = voices.length + OWN_FEATURES.length
  const learned = {
    mean: Float64Array.from(reader.tensor('weights', [Float32Array], dim)),
    precision: Float64Array.from(reader.tensor('precision', [Float32Array], dim * dim)),
  }
  const fits = belief?.mean.length === dim && belief.precision.length === dim * dim
  return new Blend(new FeatureRowMaker(voices, reader.setting('perVoice')), new BayesianRanker(fits ? belief : learned))
}

/** Ranks by all models together: each proposes, every candidate becomes a feature row, a logistic regression puts them in order. */
export class Blend implements Recommender {
  readonly name = 'blend'
  readonly itemCount: number
  /** The names of the features, in the order of rows and weights. */
  readonly features: readonly string[]
  /** What the ranker believed at first. */
  readonly prior: Belief

  /** @param ranker of as many weights as `maker` makes features. */
  constructor(
    readonly maker: FeatureRowMaker,
    readonly ranker: BayesianRanker,
  ) {
    this.itemCount = maker.itemCount
    this.prior = ranker.belief
    this.features = [...maker.voices.map(({ model, view }) => voiceName(model.name, view)), ...OWN_FEATURES]
  }

  /** The score of a candidate is the chance that it is the one chosen among all candidates; of others 0. */
  async score(visit: Visit, out: Float32Array): Promise<void> {
    out.fill(0)
    const { items, values } = await this.maker.candidates(visit)
    const odds = new Float64Array(items.length)
    this.ranker.score(values, odds)
    const top = odds.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)
    let total = 0
    for (let row = 0; row < odds.length; row++) total += odds[row] = Math.exp(odds[row]! - top)
    for (let row = 0; row < odds.length; row++) out[items[row]!] = Math.max(LEAST, odds[row]! / total)
  }

  /** Each voice that speaks for the item shares its part of the score among the positions as its model does. */
  async explain(visit: Visit, item: number, out: Float32Array): Promise<void> {
    const { values } = await this.maker.rowsOf(Int32Array.of(item), visit)
    await this.explainRow(visit, item, values, out)
  }

  /** The same of an item whose feature row is at hand. @param values [dim] */
  async explainRow(visit: Visit, item: number, values: Float32Array, out: Float32Array): Promise<void> {
    out.fill(0)
    const { mean } = this.ranker.belief
    for (const [number, { model, view }] of this.maker.voices.entries()) {
      const part = mean[number]! * values[number]!
      if (!(part > 0)) continue
      const seen = viewOf(visit, view)
      const shares = new Float32Array(seen.items.length)
      await model.explain(seen, item, shares)
      const total = shares.reduce((sum, share) => sum + share, 0)
      const from = visit.items.length - seen.items.length
      if (total > 0) for (let at = 0; at < shares.length; at++) out[from + at]! += (part * shares[at]!) / total
    }
  }

  /** The weights by name, each with its standard deviation. */
  weights(): readonly { readonly name: string; readonly mean: number; readonly deviation: number }[] {
    const { mean } = this.ranker.belief
    const deviations = this.ranker.deviations()
    return this.features.map((name, at) => ({ name, mean: mean[at]!, deviation: deviations[at]! }))
  }

  /** Feature rows of what is about to be shown: kept until it is known what came of it, they are what `ranker.update` is given. */
  async rowsOf(visit: Visit, items: Int32Array): Promise<FeatureRows> {
    return this.maker.rowsOf(items, visit)
  }
}
