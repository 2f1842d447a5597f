import { termWeights } from '../../worker/models/term-weights'
import type { ItemText } from './learner'
import { type TermChoice, termLists } from './term-lists'
import { truncatedSvd } from './truncated-svd'

/** Vectors of items, [items, dim] row-major. */
export type ItemVectors = { readonly values: Float32Array; readonly dim: number }

export type LatentChoice = TermChoice & {
  readonly rarityPower: number
  /** Dimensions, at least 1; fewer come out where there are fewer items or terms. */
  readonly dim: number
  /** Power of the singular values that directions are stretched by: 1 keeps cosines as the terms have them, 0 counts all directions alike. */
  readonly spectrum: number
}

/**
 * Latent semantic analysis: vectors of items from the words that they share, in any language, so that items whose words only go together
 * elsewhere come close too.
 * @returns rows of norm 1, zeros for items without a term.
 * Source: Deerwester et al., "Indexing by latent semantic analysis", 1990; the power of the spectrum: Caron, 2001.
 */
export function latentVectors(
  texts: readonly ItemText[],
  choice: LatentChoice,
  seed: number,
  onProgress?: (share: number) => void,
): ItemVectors {
  const lists = termLists(texts, choice)
  const values = termWeights(lists, choice.rarityPower)
  const matrix = { columnCount: lists.termCount, starts: lists.starts, columns: lists.terms, values }
  const { dim, singular, left } = truncatedSvd(matrix, choice.dim, seed, onProgress)
  const stretch = singular.map((value) => (value > 0 ? value ** choice.spectrum : 0))
  for (let row = 0; row < texts.length; row++) {
    let squares = 0
    for (let k = 0; k < dim; k++) {
      left[row * dim + k]! *= stretch[k]!
      squares += left[row * dim + k]! ** 2
    }
    const factor = squares > 0 ? 1 / Math.sqrt(squares) : 0
    for (let k = 0; k < dim; k++) left[row * dim + k]! *= factor
  }
  return { values: left, dim }
}
