import { itemVector } from '../../worker/catalog/item-vector'
import { encoderFromDisk } from '../encoder-from-disk'
import type { ItemText, LearnInput } from '../learn/learner'

/** Short values of letters: a number stands for a word that the encoder does not get to see. */
const HAS_LETTER = /\p{L}/u

/**
 * What the text encoder makes of items, as a pack made of them would hold it.
 * @returns [texts, dim] unit vectors, row-major; zeros for an item without words.
 * @throws SottoError `encoder-failed`
 */
export async function textVectors(texts: readonly ItemText[]): Promise<NonNullable<LearnInput['vectors']>> {
  const encoder = await encoderFromDisk()
  const { dim } = encoder
  const values = new Float32Array(texts.length * dim)
  for (const [row, { title, attributes }] of texts.entries()) {
    const tags = attributes.filter((value) => HAS_LETTER.test(value))
    const vector = itemVector(encoder, { id: String(row), title, categories: [], tags })
    const norm = Math.hypot(...vector)
    if (norm > 0) for (let at = 0; at < dim; at++) values[row * dim + at] = vector[at]! / norm
  }
  return { values, dim }
}
