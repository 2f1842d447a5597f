import type { InteractionLog } from '../../pack/learn/interaction-log'
import type { Learner } from '../../pack/learn/learner'
import { RowBuilder } from '../../pack/learn/row-builder'
import { openRowModel } from '../../worker/models/row-model'
import type { Kinds } from './kinds'

/** Kinds named for one kind. */
const MOST_KINDS = 6
/** Products named of each: enough to choose from where some are in the cart already. */
const EACH = 3
/** Up to twice as dear or half as dear counts as about as dear, as a distance of levels. */
const NEAR = 1
/** What is much dearer or cheaper counts for so much less that all that is about as dear comes first. */
const FAR_WEIGHT = 0.01

/**
 * Learns a model of rows from kinds of products in place of single ones, and then names, of each kind that goes with a product's own, the
 * products nearest in price, those about as dear before all others. So a shop whose orders hold no two products that five people bought together still
 * learns something: what is said of two products holds for their kinds. Products that fewer people than the support bought are not named.
 *
 * @param learner of a model that `openRowModel` reads.
 */
export function byKind(learner: Learner, kinds: Kinds): Learner {
  const { count, kindOf } = kinds
  const rollUp = (log: InteractionLog): InteractionLog => ({ ...log, itemCount: count, items: log.items.map((row) => kindOf[row]!) })
  return {
    model: learner.model,
    canLearn: (input) => learner.canLearn({ ...input, log: rollUp(input.log) }),
    choices: learner.choices,
    async learn(input, settings) {
      const part = await learner.learn({ ...input, log: rollUp(input.log) }, settings)
      const model = openRowModel(part)
      const scores = new Float32Array(count)
      const partners = Array.from({ length: count }, (_, kind) => {
        model.score({ items: Int32Array.of(kind) }, scores)
        const others = [...scores.keys()].filter((other) => other !== kind && scores[other]! > 0)
        others.sort((a, b) => scores[b]! - scores[a]! || a - b)
        return others.slice(0, MOST_KINDS).map((other) => ({ kind: other, weight: scores[other]! }))
      })
      const choose = chooserOf(input.log, kinds, input.support)
      const builder = new RowBuilder(input.log.itemCount, MOST_KINDS * EACH)
      for (const [item, kind] of kindOf.entries()) {
        const named = partners[kind]!.flatMap(({ kind: other, weight }) =>
          choose(other, kinds.levelOf[item]!).map(({ chosen, isNear }, place) => ({
            chosen,
            weight: (isNear ? weight : weight * FAR_WEIGHT) / (place + 1),
          })),
        )
        builder.add(
          named.map(({ chosen }) => chosen),
          named.map(({ weight }) => weight),
        )
      }
      const { tensors, settings: levels } = builder.finish()
      return { model: learner.model, settings: { ...part.settings, ...levels }, tensors }
    },
  }
}

/** A product, and whether it is about as dear as was asked for. */
type Choice = { readonly chosen: number; readonly isNear: boolean }

/** Chooses, of a kind's products that enough people bought, those nearest to a level; of equally near ones the first of the catalogue. */
function chooserOf(log: InteractionLog, { count, kindOf, levelOf }: Kinds, support: number): (kind: number, level: number) => Choice[] {
  const buyers = Array.from({ length: log.itemCount }, () => new Set<number>())
  for (let sequence = 0; sequence + 1 < log.starts.length; sequence++) {
    for (const item of log.items.subarray(log.starts[sequence], log.starts[sequence + 1])) buyers[item]!.add(sequence)
  }
  const members = Array.from({ length: count }, (): number[] => [])
  for (const [item, { size }] of buyers.entries()) if (size >= support) members[kindOf[item]!]!.push(item)
  return (kind, level) => {
    const distance = (item: number) => Math.abs(levelOf[item]! - level)
    const nearest = members[kind]!.toSorted((a, b) => distance(a) - distance(b) || a - b).slice(0, EACH)
    return nearest.map((chosen) => ({ chosen, isNear: distance(chosen) <= NEAR }))
  }
}
