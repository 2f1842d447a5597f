import type { ModelPart } from './model-part'
import type { PartReader } from './part-reader'

/** Which terms an item has, row by row; terms are numbers from 0, the most frequent first, so that the gaps between them are small. */
export type TermLists = {
  readonly termCount: number
  /** [items + 1]: item i's terms are from starts[i] to below starts[i + 1]. */
  readonly starts: Uint32Array
  /** [postings], rising within an item. */
  readonly terms: Uint32Array
  /** [postings] how much the term counts there, 1 to 255. */
  readonly levels: Uint8Array
}

/** Bits of a byte that are the number's; the eighth says that more follow. */
const DIGIT_BITS = 7
const MORE = 1 << DIGIT_BITS

/**
 * Writes term lists the way they travel: lengths, gaps and levels. A gap is what a term is above the one before it in the item (the first: its
 * number + 1) in LEB128: 7 bits a byte, the lowest first.
 */
export function packTermLists({ starts, terms, levels }: TermLists): ModelPart['tensors'] {
  const itemCount = starts.length - 1
  const lengths = new Uint16Array(itemCount)
  const gaps: number[] = []
  for (let item = 0; item < itemCount; item++) {
    lengths[item] = starts[item + 1]! - starts[item]!
    for (let at = starts[item]!, before = -1; at < starts[item + 1]!; before = terms[at++]!) {
      let gap = terms[at]! - before
      for (; gap >= MORE; gap >>>= DIGIT_BITS) gaps.push((gap % MORE) | MORE)
      gaps.push(gap)
    }
  }
  return {
    lengths: { shape: [itemCount], data: lengths },
    gaps: { shape: [gaps.length], data: Uint8Array.from(gaps) },
    levels: { shape: [levels.length], data: levels },
  }
}

/**
 * Reads what `packTermLists` wrote.
 * @throws SottoError `pack-invalid` naming the tensor that is missing, of another shape, or does not fit the others.
 */
export function unpackTermLists(reader: PartReader): TermLists {
  const lengths = reader.tensor('lengths', [Uint16Array])
  const gaps = reader.tensor('gaps', [Uint8Array])
  const starts = new Uint32Array(lengths.length + 1)
  for (let item = 0; item < lengths.length; item++) starts[item + 1] = starts[item]! + lengths[item]!
  const postings = starts[lengths.length]!
  const levels = reader.tensor('levels', [Uint8Array], postings)
  const terms = new Uint32Array(postings)
  let termCount = 0
  let byte = 0
  let isRising = true
  for (let item = 0; item < lengths.length; item++) {
    let term = -1
    for (let at = starts[item]!; at < starts[item + 1]!; at++) {
      let gap = 0
      let shift = 0
      for (; gaps[byte]! >= MORE; shift += DIGIT_BITS) gap += (gaps[byte++]! - MORE) << shift
      gap += gaps[byte++]! << shift
      isRising &&= gap > 0
      term += gap
      terms[at] = term
    }
    if (term >= termCount) termCount = term + 1
  }
  // Numbers that run over would make arrays of absurd lengths: no catalog has more terms than postings.
  if (!isRising || byte !== gaps.length || termCount > postings)
    throw reader.wrong('tensor "gaps" does not hold the terms that "lengths" tells of')
  return { termCount, starts, terms, levels }
}
