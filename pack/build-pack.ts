import { SottoError } from '../src/shared/errors'
import type { Thumbnail } from '../src/shared/items'
import { createItemIntake, type ProblemCounts } from '../worker/catalog/item-intake'
import { itemVector } from '../worker/catalog/item-vector'
import { type TailFile, tailName } from '../worker/catalog/pack-format'
import { quantize } from '../worker/catalog/quantize'
import type { Encoder } from '../worker/text/encoder'
import { PACK_FORMAT } from '../worker/text/pack-version'
import { type PackedItem, writeShard } from './write-shard'

/** Downloaded before the first shelf, together with the SDK: 300 KB in all. */
const DEFAULT_HEAD_BYTES = 200_000
/** Large enough for few requests, small enough to be parsed between two others. */
const DEFAULT_TAIL_BYTES = 100_000
/** Each costs a request and about 60 bytes of the head. */
const MAX_TAILS = 256

export type BuildPackOptions = {
  /** Makes the vectors from the items' texts; see `encoderFromDisk`. Either this or `vectors`. */
  readonly encoder?: Encoder
  /** Vectors of the site's own, `values` [entries, dim] row-major, finite, any scale, one row an entry given. A catalog with these has no text search. */
  readonly vectors?: { readonly values: Float32Array; readonly dim: number }
  /**
   * Keeps 16 bits a component in place of 8: the tensor `residuals` [items, dim] beside `vectors`, int8, in 1/256 of a step. So rankings are
   * those of the float vectors, and fewer items fit into the core. Readers that don't know it pass it over. Default: no.
   */
  readonly fine?: boolean
  /** Small pictures by item id, all of one type. */
  readonly thumbnails?: ReadonlyMap<string, Thumbnail>
  /** Most bytes of the core; default 200,000. One item is in it whatever its size. */
  readonly headBytes?: number
  /** Bytes of a tail, about; default 100,000, more where that would be over 256 tails. */
  readonly tailBytes?: number
  /** What the tails' file names begin with: letters, digits, `-` and `_`; default `catalog`. */
  readonly name?: string
}

export type Pack = {
  /** The file that a site names as its catalog. */
  readonly core: Uint8Array<ArrayBuffer>
  /** Files to be put beside it under exactly these names. */
  readonly parts: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[]
  /** Items that are in it. */
  readonly count: number
  /** What was left out of the entries, by reason. */
  readonly problems: ProblemCounts
}

/**
 * Makes a catalog pack. The same input gives the same bytes.
 * @param entries items of unknown quality, most popular first: as many as fit are in the core, the rest in tails, in this order.
 * @throws SottoError `invalid-argument` for options that don't fit together; `catalog-failed` where no entry is an item.
 */
export function buildPack(entries: readonly unknown[], options: BuildPackOptions): Pack {
  const { thumbnails, headBytes = DEFAULT_HEAD_BYTES, tailBytes = DEFAULT_TAIL_BYTES, name = 'catalog', fine = false } = options
  if (!/^[\w-]+$/.test(name)) throw wrong(`name is "${name}", expected letters, digits, - and _`)
  const intake = createItemIntake()
  intake.add(entries)
  if (intake.items.length === 0) throw new SottoError('catalog-failed', 'buildPack: none of the entries is an item', { reason: 'empty' })
  const { dim, vectorOf } = vectorSource(entries.length, options)
  const items = intake.items.map((item, index): PackedItem => {
    const vector = new Int8Array(dim)
    const residual = fine ? new Int8Array(dim) : undefined
    const scale = quantize(vectorOf(item, intake.positions[index]!), vector, 0, residual)
    return { item, vector, residual, scale, thumbnail: thumbnails?.get(item.id) }
  })

  const whole = writeShard(items, dim, {}).length
  const bytesPerItem = whole / items.length
  // A first guess that is too large by what the list of tails takes; then down until it fits.
  let headCount = whole <= headBytes ? items.length : Math.max(1, Math.floor(headBytes / bytesPerItem))
  for (;;) {
    const parts = writeTails(items.slice(headCount), dim, Math.round(tailBytes / bytesPerItem), name)
    const metadata = {
      format: PACK_FORMAT,
      total: String(items.length),
      dim: String(dim),
      tails: JSON.stringify(parts.map(({ file }) => file)),
    }
    const core = writeShard(items.slice(0, headCount), dim, metadata)
    if (core.length <= headBytes || headCount === 1) {
      return { core, parts: parts.map(({ file, bytes }) => ({ name: file.file, bytes })), count: items.length, problems: intake.problems }
    }
    headCount = Math.max(1, Math.floor(Math.min(headCount - 1, (headCount * headBytes) / core.length)))
  }
}

function writeTails(items: readonly PackedItem[], dim: number, itemsPerTail: number, name: string) {
  const size = Math.max(1, itemsPerTail, Math.ceil(items.length / MAX_TAILS))
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, tail) => tail * size)
  return starts.map((start) => {
    const own = items.slice(start, start + size)
    const bytes = writeShard(own, dim, { format: PACK_FORMAT })
    const file: TailFile = { file: tailName(name, bytes), items: own.length, bytes: bytes.length }
    return { file, bytes }
  })
}

function vectorSource(entryCount: number, { encoder, vectors }: BuildPackOptions) {
  if (encoder && !vectors) return { dim: encoder.dim, vectorOf: (item: PackedItem['item']) => itemVector(encoder, item) }
  if (!vectors || encoder) throw wrong('expected either encoder or vectors')
  const { values, dim } = vectors
  if (!(dim >= 1) || values.length !== entryCount * dim) {
    throw wrong(`vectors has ${values.length} values, expected ${entryCount} x ${dim} (entries x dim)`)
  }
  if (!values.every(Number.isFinite)) throw wrong('vectors holds a value that is not finite')
  return { dim, vectorOf: (_item: PackedItem['item'], position: number) => values.subarray(position * dim, (position + 1) * dim) }
}

function wrong(what: string): SottoError {
  return new SottoError('invalid-argument', `buildPack: ${what}`)
}
