import type { ModelPart } from '../../worker/models/model-part'
import type { Recommender } from '../../worker/models/recommender'
import { embedding } from './embedding'
import { isEnough } from './enough-visitors'
import { holdOutLast } from './hold-out'
import type { ItemVectors } from './latent-vectors'
import type { LearnInput } from './learner'
import { mixVectors } from './mix-vectors'
import { soloQuality } from './solo-quality'

/** One kind of vectors for all items: the encoder's, the site's own, `latentVectors`. */
export type VectorKind = { readonly name: string; readonly vectors: ItemVectors }

export type ChosenVectors = {
  /** Names of the kinds that are in, in the order given. */
  readonly kinds: readonly string[]
  readonly vectors: ItemVectors
  /** NDCG@10 of every candidate on what was held out; empty where there was too little to ask. */
  readonly trials: readonly { readonly kinds: readonly string[]; readonly quality: number }[]
}

/** Tells kinds apart that differ by a twentieth. */
const MOST_CASES = 1500

type ChooseOptions = {
  readonly excludesSeen?: boolean
  /** Default 0: by what share another must be better than the first to be taken. */
  readonly clearly?: number
  /** With the code of the worker. */
  readonly open: (part: ModelPart) => Recommender | Promise<Recommender>
}

/**
 * Decides which vectors a catalog gets: each kind alone, every two side by side in equal parts and all of them are asked what visitors chose
 * next, and the best is taken; of equal ones the first, which has fewest dimensions to load. With the answers of too few visitors in the log it
 * is the first kind.
 * @param kinds at least one; the one that is usual first.
 */
export async function chooseVectors(
  { log, support, seed }: Pick<LearnInput, 'log' | 'support' | 'seed'>,
  kinds: readonly [VectorKind, ...VectorKind[]],
  { excludesSeen = true, clearly = 0, open }: ChooseOptions,
): Promise<ChosenVectors> {
  const mixOf = (mixed: readonly VectorKind[]) => {
    const [only, ...others] = mixed
    return only && !others.length ? only.vectors : mixVectors(mixed.map(({ vectors }) => ({ vectors, weight: 1 })))
  }
  const namesOf = (mixed: readonly VectorKind[]) => mixed.map(({ name }) => name)
  const holdOut = holdOutLast(log, { excludesSeen, mostCases: MOST_CASES, seed })
  let best: readonly VectorKind[] = kinds.slice(0, 1)
  const trials: { readonly kinds: readonly string[]; readonly quality: number }[] = []
  if (isEnough(holdOut.cases, support) && kinds.length > 1) {
    let reached = -1
    let first = true
    for (const mixed of mixtures(kinds)) {
      const input = { log: holdOut.log, support, seed, vectors: mixOf(mixed) }
      const model = await open(await embedding.learn(input, embedding.choices[0] ?? {}))
      const quality = await soloQuality(model, holdOut.cases, excludesSeen)
      model.dispose?.()
      trials.push({ kinds: namesOf(mixed), quality })
      if (quality <= reached) continue
      reached = first ? quality * (1 + clearly) : quality
      first = false
      best = mixed
    }
  }
  return { kinds: namesOf(best), vectors: mixOf(best), trials }
}

/** Each alone, then every two, then all. */
function mixtures(kinds: readonly VectorKind[]): readonly (readonly VectorKind[])[] {
  const alone = kinds.map((kind) => [kind])
  const pairs = kinds.flatMap((kind, at) => kinds.slice(at + 1).map((other) => [kind, other]))
  return [...alone, ...pairs, ...(kinds.length > 2 ? [kinds] : [])]
}
