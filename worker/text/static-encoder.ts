import type { Encoder } from './encoder'
import { pieces } from './pieces'
import { spelling } from './spelling'
import { toUnit } from './to-unit'
import { tokenise } from './tokenise'

/** The word table of `worker/text-encoder/`. */
export type WordTable = {
  readonly dim: number
  /** Word to row. */
  readonly rows: ReadonlyMap<string, number>
  /** [rows.size, dim] row-major. */
  readonly embedding: Int8Array
  /** [rows.size]: frequent words weigh little. */
  readonly weight: Float32Array
  readonly scale: number
  readonly unknownWeight: number
  /** Of an unknown piece that is all digits. */
  readonly unknownNumberWeight: number
}

/** 512 bytes each, so 4 MB when full; a catalog of 50,000 titles has about twice as many words, most of them rare. */
const MAX_CACHED_TOKENS = 8_192

/**
 * Encodes text as the weighted sum of its pieces' vectors, scaled to norm 1: meaning from the table, then spelling.
 * About 0.1 ms a title of new words and a tenth of that once they were seen: a bounded cache keeps the vectors of tokens.
 * @param spellingDims dims appended to the table's that come from spelling alone; 0, or such that the sum is a multiple of 32.
 */
export function createStaticEncoder(table: WordTable, spellingDims: number): Encoder {
  const dim = table.dim + spellingDims
  const cache = new Map<string, Float32Array>()
  const isKnown = (word: string) => table.rows.has(word)

  function rowOf(piece: string): number | undefined {
    let row = table.rows.get(piece)
    if (row === undefined && piece.length > 3 && piece.endsWith('s')) row = table.rows.get(piece.slice(0, -1))
    if (row === undefined && piece.length > 4 && piece.endsWith('es')) row = table.rows.get(piece.slice(0, -2))
    return row
  }

  function addPiece(out: Float32Array, piece: string): void {
    const row = rowOf(piece)
    const known = row !== undefined
    const vector = known ? table.embedding.subarray(row * table.dim, (row + 1) * table.dim) : spelling(piece, table.dim)
    const unknownWeight = /^\p{Nd}+$/u.test(piece) ? table.unknownNumberWeight : table.unknownWeight
    const weight = known ? table.weight[row]! * table.scale : unknownWeight
    let squares = 0
    for (let at = 0; at < table.dim; at++) {
      out[at]! += weight * vector[at]!
      squares += vector[at]! * vector[at]!
    }
    if (spellingDims === 0) return
    // Longer than the table's vector on purpose: these dims must not repeat what an unknown word already has in the first ones.
    const tail = toUnit(spelling(piece, dim).subarray(table.dim))
    const tailWeight = weight * Math.sqrt(squares)
    for (let at = 0; at < spellingDims; at++) out[table.dim + at]! += tailWeight * tail[at]!
  }

  function tokenVector(token: string): Float32Array {
    const cached = cache.get(token)
    if (cached) return cached
    const out = new Float32Array(dim)
    for (const piece of pieces(token, isKnown)) addPiece(out, piece)
    if (cache.size >= MAX_CACHED_TOKENS) cache.clear()
    cache.set(token, out)
    return out
  }

  return {
    dim,
    encode(text) {
      const out = new Float32Array(dim)
      for (const token of tokenise(text)) {
        const vector = tokenVector(token)
        for (let at = 0; at < dim; at++) out[at]! += vector[at]!
      }
      return toUnit(out)
    },
  }
}
