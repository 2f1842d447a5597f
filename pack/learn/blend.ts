import { MODEL_NAMES, type ModelName, type ModelPart, type Settings } from '../../worker/models/model-part'
import type { Recommender } from '../../worker/models/recommender'
import { OWN_FEATURES } from '../../worker/ranking/ranker/feature-rows'
import { findTypicals, isWhole, modelOf, usualWeights } from './blend-voices'
import { joinChoices } from './choice-sets'
import { chooseVoices, dropIdle } from './choose-voices'
import { fitConditionalLogit } from './conditional-logit'
import { isEnough } from './enough-visitors'
import { evenly } from './evenly'
import { type AskedModels, checkedCases, heldOutChoices } from './held-out-choices'
import { type HoldOut, holdOutLast } from './hold-out'
import { holdOutSpans } from './hold-out-spans'
import type { Learner, LearnInput } from './learner'
import { rankerPart } from './ranker-part'
import { type Proposal, plus, type Revision, revisePrior, withOffset } from './revise-prior'
import { tune } from './tune'
import { usualBlend, usualPart } from './usual-blend'

const MOST_CASES = 20_000
/** Weights of some dozens of features are known well from so many; more only take memory. */
const MOST_SETS = 6000
/** While it is open which models are in, sets hold the features of all of them, and are fitted again and again. */
const SELECTION_SETS = 1500
const SELECTION_CHECKS = 4000
const TYPICAL_CASES = 200
const RIDGE = 1

export type BlendOptions = {
  /** Candidates for the blend; which of them are in it is decided by what they add. */
  readonly learners: readonly Learner[]
  /** Opens what was learned, with the code of the worker. */
  readonly open: (part: ModelPart) => Promise<Recommender>
  /** Default true: what a visit holds is not recommended. */
  readonly excludesSeen?: boolean
  /** Settings that have been chosen; of other learners the choices are tried. */
  readonly settings?: Partial<Readonly<Record<ModelName, Settings>>>
  /** What weights and models are chosen by. Default: the last weeks of the log; where times are not known, the last step of each sequence. */
  readonly holdOuts?: readonly HoldOut[]
  /** Whether all models stay in it, whatever they add. Default false. */
  readonly keepsAll?: boolean
  /** Each model proposes so many items. Default 100. */
  readonly perVoice?: number
  /** How the prior might move: it does if that improves the choices held out. Default: not at all. */
  readonly moves?: NamedMoves | undefined
}

/** A `Proposal` by the names of features; of those that are not named, 0. */
export type NamedMoves = { readonly [Of in keyof Proposal]: ReadonlyMap<string, number> }

/** A blend whose choices are made. */
export type ChosenBlend = {
  readonly models: readonly { readonly learner: Learner; readonly settings: Settings }[]
  /** Of model `blend`: the ranker's prior. It holds for models learned anew from a longer log. */
  readonly part: ModelPart
  /** What came of `moves`. Absent where there were none of these features, or too few choices are held out to check them by. */
  readonly revision?: Revision
}

type Candidate = { readonly learner: Learner; readonly settings: Settings }

/**
 * Learns a blend: chooses what goes into it by holding out a part of the log, then learns those models from all of it.
 * @returns the parts of its models, then its own.
 */
export async function learnBlend(
  input: LearnInput,
  options: BlendOptions,
): Promise<{ readonly parts: readonly ModelPart[]; readonly chosen: ChosenBlend }> {
  const chosen = await chooseBlend(input, options)
  return { parts: await learnChosenBlend(input, chosen), chosen }
}

/** Learns the models of a blend from a log. @returns their parts, then the blend's own. */
export async function learnChosenBlend(input: LearnInput, { models, part }: ChosenBlend): Promise<readonly ModelPart[]> {
  const parts: ModelPart[] = []
  for (const { learner, settings } of models) parts.push(await learner.learn(input, settings))
  return [...parts, part]
}

/**
 * Chooses settings, models and the ranker's prior by what is held out: models that never saw the answers propose candidates, a conditional
 * logistic regression learns to tell the chosen one, and a model stays only if that helps on visitors kept apart. Where choices are held out of
 * too few visitors (see `isEnough`), none of them has a say: it is the usual blend.
 */
export async function chooseBlend(input: LearnInput, given: BlendOptions): Promise<ChosenBlend> {
  const options = { ...given, learners: inOrder(given.learners) }
  const { learners, excludesSeen = true, keepsAll = false, perVoice = 100, open } = options
  const { support, onProgress } = input
  const holdOuts = options.holdOuts ?? holdOut(input, excludesSeen)
  const all = holdOuts.flatMap(({ cases }) => cases)
  if (!isEnough(all, support)) return usualBlend(input, { ...options, perVoice, ridge: RIDGE })
  const candidates: Candidate[] = []
  for (const [number, learner] of learners.entries()) {
    if (!holdOuts.every(({ log }) => learner.canLearn({ ...input, log }))) continue
    const settings = options.settings?.[learner.model] ?? (await tune(learner, input, holdOuts[0]!, { excludesSeen, open }))
    candidates.push({ learner, settings })
    onProgress?.(((number + 1) / learners.length) * 0.5)
  }
  let typicals: ReadonlyMap<string, number> | undefined
  const asked: AskedModels[] = []
  for (const holdOut of holdOuts) {
    const models: Recommender[] = []
    for (const { learner, settings } of candidates) {
      models.push(await open(await learner.learn({ ...input, log: holdOut.log }, settings)))
    }
    const cases = evenly(holdOut.cases, TYPICAL_CASES)
    typicals ??= await findTypicals(models, isEnough(cases, support) ? cases : [], perVoice)
    asked.push({ models, holdOut })
  }
  const known = typicals ?? new Map<string, number>()
  const collect = (isIn: (name: string) => boolean, mostFit: number, mostChecked: number) =>
    heldOutChoices(asked, { typicals: known, isIn, perVoice, excludesSeen, mostFit, mostChecked })
  const everything = await collect(() => true, SELECTION_SETS, SELECTION_CHECKS)
  onProgress?.(0.7)
  const { names } = everything
  let taken = names.filter(isWhole)
  const isTold = isEnough(everything.fit.sets, support) && isEnough(everything.check.sets, support)
  if (isTold && keepsAll) taken = [...names]
  else if (isTold) {
    const seen = names.length + OWN_FEATURES.indexOf('seen')
    const { fit, check } = everything
    const options = { always: [seen], usual: usualWeights(names), ridge: RIDGE }
    const columnsOf = (isIn: (name: string) => boolean) => names.flatMap((name, column) => (isIn(name) ? [column] : []))
    const models = chooseVoices(fit, check, { ...options, start: [], from: columnsOf(isWhole) })
    // Of the models that are in, what the last step alone says costs little more.
    const closer = columnsOf((name) => !isWhole(name) && models.some((column) => modelOf(name) === names[column]))
    const voices = chooseVoices(fit, check, { ...options, start: models, from: closer })
    const columns = voices.length ? dropIdle(fit, check, voices, options) : []
    if (columns.length) taken = names.filter((_, column) => columns.includes(column))
  }
  onProgress?.(0.9)
  const last = await collect((name) => taken.includes(name), MOST_SETS, MOST_SETS)
  const fit = joinChoices([last.fit, last.check])
  for (const { models } of asked) for (const model of models) model.dispose?.()
  const settings = { perVoice, ...Object.fromEntries(taken.map((name) => [name, known.get(name)!])) }
  const prior = { mean: usualWeights(taken), ridge: RIDGE }
  const chosen = candidates.filter(({ learner }) => taken.some((name) => modelOf(name) === learner.model))
  // Where what was chosen was seldom a candidate, few visitors may be left.
  if (!isEnough(fit.sets, support)) return { models: chosen, part: usualPart(taken, { ridge: RIDGE, settings }) }
  const features = [...taken, ...OWN_FEATURES]
  const weightsOf = (named: ReadonlyMap<string, number> | undefined) => Float64Array.from(features, (name) => named?.get(name) ?? 0)
  const proposal = { moves: weightsOf(given.moves?.moves), kept: weightsOf(given.moves?.kept) }
  const isAsked = [...proposal.moves, ...proposal.kept].some((move) => move !== 0) && isEnough(last.check.sets, support)
  // By weights that were not fitted to what they are checked with.
  const revision = isAsked ? revisePrior(last.check, fitConditionalLogit(last.fit, prior).weights, proposal) : undefined
  const fitted = fitConditionalLogit(fit, prior)
  const weights = revision?.isTaken ? plus(fitted.weights, revision.offset) : fitted.weights
  const unmoved = rankerPart({ ...fitted, weights }, fit, { ridge: RIDGE, settings })
  const part = revision?.isTaken ? withOffset(unmoved, revision.offset) : unmoved
  return { models: chosen, part, ...(revision && { revision }) }
}

/** Weights have no names in a part: whoever opens it takes its voices in the order of `MODEL_NAMES`. */
function inOrder(learners: readonly Learner[]): readonly Learner[] {
  return learners.toSorted((a, b) => MODEL_NAMES.indexOf(a.model) - MODEL_NAMES.indexOf(b.model))
}

function holdOut({ log, seed, support }: LearnInput, excludesSeen: boolean): readonly HoldOut[] {
  const spans = log.times ? holdOutSpans(log, { excludesSeen }) : []
  const checked = checkedCases(spans)
  const all = spans.flatMap(({ cases }) => cases)
  const isEnoughOf = (isChecked: boolean) =>
    isEnough(
      all.filter((one) => checked.has(one) === isChecked),
      support,
    )
  return isEnoughOf(true) && isEnoughOf(false) ? spans : [holdOutLast(log, { excludesSeen, mostCases: MOST_CASES, seed })]
}
