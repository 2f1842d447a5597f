import { nodeTensors } from '../../pack/evaluate/node-tensors'
import type { InvoiceDataset } from '../../pack/evaluate/read/read-invoices'
import { basketNeighbours } from '../../pack/learn/basket-neighbours'
import { findTypicals, usualWeights, voicesOf } from '../../pack/learn/blend-voices'
import { type ChoiceSets, joinChoices } from '../../pack/learn/choice-sets'
import { fitConditionalLogit } from '../../pack/learn/conditional-logit'
import { evenly } from '../../pack/learn/evenly'
import { type AskedModels, heldOutChoices } from '../../pack/learn/held-out-choices'
import { holdOutSpans } from '../../pack/learn/hold-out-spans'
import { itemNeighbours } from '../../pack/learn/item-neighbours'
import { lately } from '../../pack/learn/lately'
import { latentTerms } from '../../pack/learn/latent-terms'
import type { Learner, LearnInput } from '../../pack/learn/learner'
import { popularity } from '../../pack/learn/popularity'
import { rankerPart } from '../../pack/learn/ranker-part'
import { terms } from '../../pack/learn/terms'
import { transitions } from '../../pack/learn/transitions'
import { userNeighbours } from '../../pack/learn/user-neighbours'
import { openModel } from '../../worker/models/open-model'
import type { Recommender } from '../../worker/models/recommender'
import type { Belief } from '../../worker/ranking/ranker/bayesian-ranker'
import { voiceName } from '../../worker/ranking/ranker/blend'
import { FeatureRowMaker, OWN_FEATURES } from '../../worker/ranking/ranker/feature-rows'
import type { Deed, Retail } from './retail'

/** In the order of `MODEL_NAMES`: enough for sixteen features beside the constant, none of them long to learn. */
const LEARNED: readonly Learner[] = [popularity, lately, terms, latentTerms, itemNeighbours, basketNeighbours, userNeighbours, transitions]
const SUPPORT = 5
const PER_VOICE = 40
const RIDGE = 1
const TYPICAL_CASES = 200

/** A deed with what the ranker would see of its visit. */
export type RankedDeed = Pick<Deed, 'customer' | 'epoch' | 'targets'> & {
  /** Candidates, none of them bought before. */
  readonly items: Int32Array
  /** [candidates, dim] row-major. */
  readonly values: Float32Array
}

/** A shop's ranker before any signal: features, held-out orders, and what was bought after. */
export type RankerShop = {
  readonly features: readonly string[]
  /** Held-out choices that priors are checked by. */
  readonly check: ChoiceSets
  /** Weights that are fitted to others of them. */
  readonly fitted: Float64Array
  /** What devices begin with, at some weights. */
  beliefAt(weights: Float64Array): Belief
  /** Of customers with a past, by epoch. */
  readonly deeds: ReadonlyMap<number, readonly RankedDeed[]>
}

/** Learns models of the orders, and asks them about all that was bought after. @returns `undefined` where too few choices can be held out. */
export async function openRankerShop(
  retail: Retail,
  texts: InvoiceDataset['texts'],
  onProgress: (doing: string) => void,
): Promise<RankerShop | undefined> {
  const tensors = nodeTensors()
  const input: LearnInput = { log: retail.before, ...(texts && { texts }), support: SUPPORT, seed: 1 }
  const learn = async (log: LearnInput['log']): Promise<Recommender[]> => {
    const models: Recommender[] = []
    for (const learner of LEARNED) {
      onProgress(`loop: learning ${learner.model}`)
      if (learner.canLearn({ ...input, log })) {
        models.push(await openModel(await learner.learn({ ...input, log }, learner.choices[0] ?? {}), tensors))
      }
    }
    return models
  }
  const asked: AskedModels[] = []
  for (const holdOut of holdOutSpans(retail.before, { excludesSeen: true })) asked.push({ models: await learn(holdOut.log), holdOut })
  if (asked.length === 0) return undefined
  const typicals = await findTypicals(asked[0]!.models, evenly(asked[0]!.holdOut.cases, TYPICAL_CASES), PER_VOICE)
  const options = { typicals, isIn: () => true, perVoice: PER_VOICE, excludesSeen: true, mostFit: 4000, mostChecked: 4000 }
  const { names, fit, check } = await heldOutChoices(asked, options)
  if (fit.sets.length === 0 || check.sets.length === 0) return undefined
  const { weights, information } = fitConditionalLogit(fit, { mean: usualWeights(names), ridge: RIDGE })
  const voices = voicesOf(await learn(retail.before), typicals).filter(({ model, view }) => names.includes(voiceName(model.name, view)))
  const maker = new FeatureRowMaker(voices, PER_VOICE)
  const deeds = new Map<number, RankedDeed[]>()
  for (const epoch of retail.epochs) {
    onProgress(`loop: candidates of epoch ${epoch}`)
    const ranked: RankedDeed[] = []
    for (const { customer, visit, targets } of retail.deeds.get(epoch)!) {
      if (visit.items.length === 0 || targets.length === 0) continue
      const seen = new Set(visit.items)
      ranked.push({ customer, epoch, targets, ...(await maker.candidates(visit, (item) => seen.has(item))) })
    }
    deeds.set(epoch, ranked)
  }
  await tensors.close()
  return {
    features: [...names, ...OWN_FEATURES],
    check,
    fitted: weights,
    beliefAt(at) {
      const part = rankerPart({ weights: at, information }, joinChoices([fit, check]), { ridge: RIDGE, settings: {} })
      const { weights: mean, precision } = part.tensors
      return { mean: Float64Array.from(mean!.data), precision: Float64Array.from(precision!.data) }
    },
    deeds,
  }
}
