import { invalid } from '../../worker/text/pack-invalid'
import { parseSafetensors, type Tensors } from '../../worker/text/safetensors'
import { expectSafetensors, inFile, readPackFile } from './open-pack'

/** Vectors of a site's own, for the entries of its feed. */
export type EntryVectors = {
  /** [entries, dim] row-major; zeros where there is none. */
  readonly values: Float32Array
  readonly dim: number
  /** Entries with an id and without a vector; vectors without an entry. */
  readonly missing: number
  readonly unknown: number
}

/**
 * Reads a safetensors file with the tensor `vectors`, F32 [rows, dim], and perhaps `ids`, U8: the items' ids as UTF-8 text, one a line. Without
 * `ids` there is a row for each entry of the feed, in its order.
 * @param ids of the feed's entries, `undefined` where one has none.
 * @throws SottoError `pack-invalid` naming what is wrong; `catalog-failed` for a file that cannot be read.
 */
export async function readVectors(path: string, ids: readonly (string | undefined)[]): Promise<EntryVectors> {
  const file = await readPackFile(path)
  expectSafetensors(path, file, 'a safetensors file')
  return inFile(path, () => entryVectors(parseSafetensors(file), ids))
}

function entryVectors(tensors: Tensors, ids: readonly (string | undefined)[]): EntryVectors {
  const [rows = 0, dim = 0, ...more] = tensors.shape('vectors')
  if (dim < 1 || more.length > 0) throw invalid(`is [${tensors.shape('vectors')}], expected [rows, dim]`, 'vectors')
  const vectors = tensors.f32('vectors', [rows, dim])
  if (!vectors.every(Number.isFinite)) throw invalid('holds a value that is not finite', 'vectors')
  if (!tensors.has('ids')) {
    if (rows !== ids.length)
      throw invalid(
        `has ${rows} rows, the feed ${ids.length} ${ids.length === 1 ? 'entry' : 'entries'}; add a tensor "ids", or give a row for each`,
        'vectors',
      )
    return { values: vectors, dim, missing: 0, unknown: 0 }
  }
  const names = new TextDecoder().decode(tensors.u8('ids', tensors.shape('ids').slice(0, 1))).split('\n')
  if (names.length !== rows) throw invalid(`has ${rows} rows, "ids" ${names.length} lines`, 'vectors')
  const rowOf = new Map(names.map((name, row) => [name, row]))
  const values = new Float32Array(ids.length * dim)
  let missing = 0
  for (const [entry, id] of ids.entries()) {
    const row = id === undefined ? undefined : rowOf.get(id)
    if (row === undefined) missing += Number(id !== undefined)
    else values.set(vectors.subarray(row * dim, (row + 1) * dim), entry * dim)
  }
  const known = new Set(ids)
  return { values, dim, missing, unknown: names.filter((name) => !known.has(name)).length }
}
