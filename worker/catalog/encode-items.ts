import type { Item } from '../../src/shared/items'
import { VECTOR_DIMS } from '../../src/shared/limits'
import type { Encoder } from '../text/encoder'
import { itemTextHash, itemVector } from './item-vector'
import { quantize } from './quantize'
import type { Slices } from './slices'

/** Vectors made before, found by the hash of their text. */
export type KnownVectors = {
  readonly rowOf: ReadonlyMap<number, number>
  /** [rows, VECTOR_DIMS]. */
  readonly vectors: Int8Array
  readonly scales: Float32Array
}

/**
 * Vectors for items, in slices, so that other work of the worker gets its turn. The encoder is asked for only when a text is new.
 * @returns vectors [items.length, VECTOR_DIMS], their scales and text hashes [items.length].
 * @throws whatever `loadEncoder` throws.
 */
export async function encodeItems(
  items: readonly Item[],
  known: KnownVectors | undefined,
  loadEncoder: () => Promise<Encoder>,
  slices: Slices,
): Promise<{ vectors: Int8Array; scales: Float32Array; textHashes: Float64Array }> {
  const vectors = new Int8Array(items.length * VECTOR_DIMS)
  const scales = new Float32Array(items.length)
  const textHashes = new Float64Array(items.length)
  let encoder: Encoder | undefined
  for (const [index, item] of items.entries()) {
    const offset = index * VECTOR_DIMS
    const hash = itemTextHash(item)
    const row = known?.rowOf.get(hash)
    textHashes[index] = hash
    if (known && row !== undefined) {
      vectors.set(known.vectors.subarray(row * VECTOR_DIMS, (row + 1) * VECTOR_DIMS), offset)
      scales[index] = known.scales[row]!
    } else {
      encoder ??= await loadEncoder()
      scales[index] = quantize(itemVector(encoder, item), vectors, offset)
    }
    await slices.breathe()
  }
  return { vectors, scales, textHashes }
}
