import type { ModelName, ModelPart, Settings } from '../../worker/models/model-part'
import type { Recommender } from '../../worker/models/recommender'
import { voiceName } from '../../worker/ranking/ranker/blend'
import { FeatureRowMaker, OWN_FEATURES } from '../../worker/ranking/ranker/feature-rows'
import { findTypicals, usualWeights, voicesOf } from './blend-voices'
import { type ChoiceSets, collectChoices, joinChoices } from './choice-sets'
import { chooseVoices, dropIdle } from './choose-voices'
import { fitConditionalLogit } from './conditional-logit'
import { type HoldOut, holdOutLast } from './hold-out'
import { holdOutSpans } from './hold-out-spans'
import type { Learner, LearnInput } from './learner'
import { rankerPart } from './ranker-part'
import { tune } from './tune'

const MOST_CASES = 20_000
/** Weights of some dozens of features are known well from so many; more only take memory. */
const MOST_SETS = 6000
/** While it is open which models are in, sets hold the features of all of them, and are fitted again and again. */
const SELECTION_SETS = 1500
const SELECTION_CHECKS = 4000
/** Every other case teaches the weights, the rest decides what is taken in: it takes thousands to see what one model more is worth. */
const CHECK_EVERY = 2
const TYPICAL_CASES = 200
/** Fewer choices than this cannot tell models apart: all are taken, weighed as is usual. */
const FEWEST_SETS = 50
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
}

/** A blend whose choices are made. */
export type ChosenBlend = {
  readonly models: readonly { readonly learner: Learner; readonly settings: Settings }[]
  /** Of model `blend`: the ranker's prior. It holds for models learned anew from a longer log. */
  readonly part: ModelPart
}

type Candidate = { readonly learner: Learner; readonly settings: Settings }
type Choices = { readonly fit: ChoiceSets; readonly check: ChoiceSets }
type Opened = { readonly models: readonly Recommender[]; readonly holdOut: HoldOut }

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
 * logistic regression learns to tell the chosen one, and a model stays only if that helps on cases kept apart. With too few cases all models
 * are taken, popularity at least.
 */
export async function chooseBlend(input: LearnInput, options: BlendOptions): Promise<ChosenBlend> {
  const { excludesSeen = true, keepsAll = false, perVoice = 100, open } = options
  const holdOuts = options.holdOuts ?? holdOut(input, excludesSeen)
  const candidates: Candidate[] = []
  for (const learner of options.learners) {
    if (!holdOuts.every(({ log }) => learner.canLearn({ ...input, log }))) continue
    const settings = options.settings?.[learner.model] ?? (await tune(learner, input, holdOuts[0]!, { excludesSeen, open }))
    candidates.push({ learner, settings })
    input.onProgress?.((candidates.length / options.learners.length) * 0.5)
  }
  let typicals: ReadonlyMap<string, number> | undefined
  const opened: Opened[] = []
  for (const holdOut of holdOuts) {
    const models: Recommender[] = []
    for (const { learner, settings } of candidates) {
      models.push(await open(await learner.learn({ ...input, log: holdOut.log }, settings)))
    }
    typicals ??= await findTypicals(models, holdOut.cases.slice(0, TYPICAL_CASES), perVoice)
    opened.push({ models, holdOut })
  }
  const known = typicals ?? new Map<string, number>()
  const collect = (isIn: (name: string) => boolean, mostFit: number, mostChecked: number) =>
    collectAll(opened, { typicals: known, isIn, perVoice, excludesSeen, mostFit, mostChecked })
  const everything = await collect(() => true, SELECTION_SETS, SELECTION_CHECKS)
  input.onProgress?.(0.7)
  const { names } = everything
  let taken = names.filter(isWhole)
  const isTold = everything.fit.sets.length >= FEWEST_SETS && everything.check.sets.length > 0
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
  input.onProgress?.(0.9)
  const last = await collect((name) => taken.includes(name), MOST_SETS, MOST_SETS)
  const fit = joinChoices([last.fit, last.check])
  const fitted = fitConditionalLogit(fit, { mean: usualWeights(taken), ridge: RIDGE })
  for (const { models } of opened) for (const model of models) model.dispose?.()
  const typicalOf = Object.fromEntries(taken.map((name) => [name, known.get(name)!]))
  return {
    models: candidates.filter(({ learner }) => taken.some((name) => modelOf(name) === learner.model)),
    part: rankerPart(fitted, fit, { ridge: RIDGE, settings: { perVoice, ...typicalOf } }),
  }
}

type CollectOptions = {
  readonly typicals: ReadonlyMap<string, number>
  /** Which voices take part, by name. */
  readonly isIn: (name: string) => boolean
  readonly perVoice: number
  readonly excludesSeen: boolean
  readonly mostFit: number
  readonly mostChecked: number
}

/** The choices of all that is held out: those that weights are fitted to and those kept apart. @returns with the names of the voices. */
async function collectAll(opened: readonly Opened[], options: CollectOptions): Promise<Choices & { readonly names: readonly string[] }> {
  const { typicals, isIn, perVoice, excludesSeen, mostFit, mostChecked } = options
  const fit: ChoiceSets[] = []
  const check: ChoiceSets[] = []
  let names: readonly string[] = []
  for (const { models, holdOut } of opened) {
    const voices = voicesOf(models, typicals).filter(({ model, view }) => isIn(voiceName(model.name, view)))
    names = voices.map(({ model, view }) => voiceName(model.name, view))
    const maker = new FeatureRowMaker(voices, perVoice)
    const apart = (isChecked: boolean) => holdOut.cases.filter((_, at) => (at % CHECK_EVERY === CHECK_EVERY - 1) === isChecked)
    fit.push(await collectChoices(maker, apart(false), { excludesSeen, mostSets: Math.ceil(mostFit / opened.length) }))
    check.push(await collectChoices(maker, apart(true), { excludesSeen, mostSets: Math.ceil(mostChecked / opened.length) }))
  }
  return { names, fit: joinChoices(fit), check: joinChoices(check) }
}

function holdOut({ log, seed }: LearnInput, excludesSeen: boolean): readonly HoldOut[] {
  const spans = log.times ? holdOutSpans(log, { excludesSeen }) : []
  const cases = spans.reduce((sum, span) => sum + span.cases.length, 0)
  return cases >= 2 * FEWEST_SETS ? spans : [holdOutLast(log, { excludesSeen, mostCases: MOST_CASES, seed })]
}

/** Whether a voice is asked about the whole visit. */
function isWhole(name: string): boolean {
  return modelOf(name) === name
}

function modelOf(voice: string): string {
  return voice.split(' ')[0]!
}
