import type { Recommender } from '../../worker/models/recommender'
import { voiceName } from '../../worker/ranking/ranker/blend'
import { FeatureRowMaker } from '../../worker/ranking/ranker/feature-rows'
import { voicesOf } from './blend-voices'
import { type ChoiceSets, collectChoices, joinChoices } from './choice-sets'
import type { HeldOutCase, HoldOut } from './hold-out'

/** Every other visitor teaches the weights, the rest decides what is taken in: it takes thousands to see what one model more is worth. */
const CHECK_EVERY = 2

/** What is held out, and models that were learned without it. */
export type AskedModels = { readonly models: readonly Recommender[]; readonly holdOut: HoldOut }

/** Those that weights are fitted to and those kept apart. */
export type HeldOutChoices = { readonly fit: ChoiceSets; readonly check: ChoiceSets; readonly names: readonly string[] }

type HeldOutChoicesOptions = {
  readonly typicals: ReadonlyMap<string, number>
  /** Which voices take part, by name. */
  readonly isIn: (name: string) => boolean
  readonly perVoice: number
  readonly excludesSeen: boolean
  readonly mostFit: number
  readonly mostChecked: number
}

/** The choices of all that is held out, with the names of the voices. @param asked at least one. */
export async function heldOutChoices(asked: readonly AskedModels[], options: HeldOutChoicesOptions): Promise<HeldOutChoices> {
  const { typicals, isIn, perVoice, excludesSeen, mostFit, mostChecked } = options
  const checked = checkedCases(asked.map(({ holdOut }) => holdOut))
  const fit: ChoiceSets[] = []
  const check: ChoiceSets[] = []
  let names: readonly string[] = []
  for (const { models, holdOut } of asked) {
    const voices = voicesOf(models, typicals).filter(({ model, view }) => isIn(voiceName(model.name, view)))
    names = voices.map(({ model, view }) => voiceName(model.name, view))
    const maker = new FeatureRowMaker(voices, perVoice)
    const collect = (isChecked: boolean, most: number) => {
      const cases = holdOut.cases.filter((one) => checked.has(one) === isChecked)
      return collectChoices(maker, cases, { excludesSeen, mostSets: Math.ceil(most / asked.length) })
    }
    fit.push(await collect(false, mostFit))
    check.push(await collect(true, mostChecked))
  }
  return { names, fit: joinChoices(fit), check: joinChoices(check) }
}

/** The cases kept apart: whole visitors, so that nothing is checked by what the same visitor did a step before. */
export function checkedCases(holdOuts: readonly HoldOut[]): ReadonlySet<HeldOutCase> {
  const numbers = new Map<number, number>()
  const checked = new Set<HeldOutCase>()
  let next = 0
  for (const one of holdOuts.flatMap(({ cases }) => cases)) {
    const number = (one.visitor === undefined ? undefined : numbers.get(one.visitor)) ?? next++
    if (one.visitor !== undefined) numbers.set(one.visitor, number)
    if (number % CHECK_EVERY === CHECK_EVERY - 1) checked.add(one)
  }
  return checked
}
