import type { ModelName } from '../../worker/models/model-part'
import type { Recommender, Visit } from '../../worker/models/recommender'
import { voiceName } from '../../worker/ranking/ranker/blend'
import { FeatureRowMaker, OWN_FEATURES, type Voice } from '../../worker/ranking/ranker/feature-rows'
import { VIEWS } from '../../worker/ranking/ranker/views'
import { evenly } from './evenly'
import type { HeldOutCase } from './hold-out'

/** What popularity is worth beside models that know the visit, before anything is known. */
const USUAL_POPULARITY = 0.3

/** Visits of so many items, each alone, are asked about where visitors are too few. */
const MOST_ALONE = 200

/** Models that answer every visit alike. */
const SAME_FOR_ALL: readonly ModelName[] = ['popularity', 'lately']

/** Every model asked about every view that can differ; those without a typical score never say anything and are left out. */
export function voicesOf(models: readonly Recommender[], typicals: ReadonlyMap<string, number>): Voice[] {
  const all = models.flatMap((model) => (SAME_FOR_ALL.includes(model.name) ? VIEWS.slice(0, 1) : VIEWS).map((view) => ({ model, view })))
  return all.flatMap(({ model, view }) => {
    const typical = typicals.get(voiceName(model.name, view))
    return typical ? [{ model, view, typical }] : []
  })
}

/**
 * Of each voice the median of the scores above 0 that it gives to candidates.
 * @param cases whose visits are asked about; none: nobody's are, but visits of one item each, and one of none.
 */
export async function findTypicals(
  models: readonly Recommender[],
  cases: readonly HeldOutCase[],
  perVoice: number,
): Promise<ReadonlyMap<string, number>> {
  const voices = models.flatMap((model) => VIEWS.map((view): Voice => ({ model, view, typical: 1 })))
  const maker = new FeatureRowMaker(voices, perVoice)
  const found: number[][] = voices.map(() => [])
  const visits = cases.length ? cases.map(({ visit }) => visit) : visitsOfOne(models[0]?.itemCount ?? 0)
  for (const visit of visits) {
    const { items, values } = await maker.candidates(visit)
    for (const [column, scores] of found.entries()) {
      for (let row = 0; row < items.length; row++) {
        const value = values[row * maker.dim + column]!
        if (value > 0) scores.push(Math.expm1(value))
      }
    }
  }
  const typicals = new Map<string, number>()
  for (const [column, { model, view }] of voices.entries()) {
    const scores = Float64Array.from(found[column]!).sort()
    if (scores.length) typicals.set(voiceName(model.name, view), scores[scores.length >> 1]!)
  }
  return typicals
}

function visitsOfOne(itemCount: number): Visit[] {
  const items = evenly(
    Array.from({ length: itemCount }, (_, item) => item),
    MOST_ALONE,
  )
  return [{ items: new Int32Array() }, ...items.map((item) => ({ items: Int32Array.of(item) }))]
}

/** Whether a voice is asked about the whole visit. */
export function isWhole(voice: string): boolean {
  return modelOf(voice) === voice
}

/** The model of a voice, by their names. */
export function modelOf(voice: string): string {
  return voice.split(' ')[0]!
}

/** Weights before anything is known: every model alike, asked about the whole visit. @param voices names, of the columns before `OWN_FEATURES`. */
export function usualWeights(voices: readonly string[]): Float64Array {
  const weights = new Float64Array(voices.length + OWN_FEATURES.length)
  for (const [column, name] of voices.entries())
    weights[column] = SAME_FOR_ALL.some((one) => one === name) ? USUAL_POPULARITY : Number(!name.includes(' '))
  return weights
}
