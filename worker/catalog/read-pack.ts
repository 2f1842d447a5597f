import type { Item, Thumbnail } from '../../src/shared/items'
import { MAX_ID_LENGTH, MAX_ITEMS } from '../../src/shared/limits'
import { isRecord } from '../text/is-record'
import { invalid } from '../text/pack-invalid'
import { checkFormat } from '../text/pack-version'
import { parseSafetensors, type Tensors } from '../text/safetensors'
import { MAX_PATHS } from './category-table'
import { cleanItem } from './clean-item'
import { listIds } from './id-list'
import { parseItemLine } from './item-line'
import type { PartFile, TailFile } from './pack-format'
import type { Shard } from './shard'

/** A pack's first file: the most popular items, where the others are, and what was learned. */
export type PackCore = {
  readonly head: Shard
  readonly total: number
  readonly tails: readonly TailFile[]
  readonly parts: readonly PartFile[]
}

/** A pack of another scale would be a mistake; the limit keeps products of sizes exact. */
const MAX_DIM = 4_096

/**
 * Reads a pack's first file. Tensors it does not know are passed over.
 * @param file not kept, except by `vectors` and `scales` of the head: these are views into it, everything else is copied.
 * @throws SottoError `pack-invalid` naming the field or tensor.
 */
export function readPackCore(file: Uint8Array<ArrayBuffer>): PackCore {
  const tensors = parseSafetensors(file)
  const { format, total: totalText } = tensors.metadata
  checkFormat(format)
  const head = readShard(tensors)
  const tails = readFiles<TailFile>(tensors, 'tails', 'items', isCount)
  const parts = readFiles<PartFile>(tensors, 'parts', 'model', (model) => typeof model === 'string')
  const total = tails.reduce((sum, tail) => sum + tail.items, head.count)
  if (totalText !== undefined && Number(totalText) !== total) throw invalid(`total is ${totalText}, its files hold ${total}`)
  if (total > MAX_ITEMS) throw invalid(`total is ${total}, at most ${MAX_ITEMS} items are possible`)
  return { head, total, tails, parts }
}

/**
 * Reads one of the later files.
 * @throws SottoError `pack-invalid`, also where it holds other than what the core announced.
 */
export function readPackTail(file: Uint8Array<ArrayBuffer>, expected: TailFile, dim: number): Shard {
  if (file.length !== expected.bytes) throw invalid(`${expected.file} has ${file.length} bytes, expected ${expected.bytes}`)
  const shard = readShard(parseSafetensors(file))
  if (shard.count !== expected.items || shard.dim !== dim) {
    throw invalid(`${expected.file} holds [${shard.count},${shard.dim}] vectors, expected [${expected.items},${dim}]`)
  }
  return shard
}

/** A list of other files of the pack; none where the core names none. @param field what each has beside its name and size. */
function readFiles<File extends TailFile | PartFile>(
  { metadata }: Tensors,
  name: string,
  field: string,
  isField: (value: unknown) => boolean,
): readonly File[] {
  let files: unknown
  try {
    files = JSON.parse(String(metadata[name] ?? '[]'))
  } catch {
    throw invalid(`${name} is not JSON`)
  }
  // A plain name: a pack must not send the visitor's browser to other places than its own folder.
  const isFile = (file: unknown): file is File =>
    isRecord(file) && /^[\w-][\w.-]*$/.test(String(file.file)) && isField(file[field]) && isCount(file.bytes)
  if (!Array.isArray(files) || !files.every(isFile)) throw invalid(`${name} is not a list of {file, ${field}, bytes} with plain file names`)
  return files
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function readShard(tensors: Tensors): Shard {
  const [count = 0, dim = 0] = tensors.shape('vectors')
  if (count > MAX_ITEMS || dim < 1 || dim > MAX_DIM)
    throw invalid(`is [${count},${dim}], expected at most [${MAX_ITEMS},${MAX_DIM}]`, 'vectors')
  const vectors = tensors.i8('vectors', [count, dim])
  const scales = tensors.f32('scales', [count])
  if (!scales.every((scale) => scale >= 0 && scale < Infinity)) throw invalid('holds a value that is negative or not finite', 'scales')
  // Copies from here on: one view would keep the whole file, with vectors that the catalog keeps in a place of its own.
  const residuals = tensors.has('residuals') ? tensors.i8('residuals', [count, dim]).slice() : undefined
  const paths = readPaths(textOf(tensors, 'paths'))
  const categoryOf = tensors.u16('category_of', [count]).slice()
  if (!categoryOf.every((path) => path < paths.length)) throw invalid(`names a path past the ${paths.length} there are`, 'category_of')
  const unavailable = tensors.has('unavailable')
    ? tensors.u8('unavailable', [count]).map((flag) => Math.min(flag, 1))
    : new Uint8Array(count)
  const ids = readIds(textOf(tensors, 'ids'), count)
  const items = readSlices(tensors, 'items', count)
  const hasThumbnails = tensors.has('thumbnails')
  const pictures = hasThumbnails ? readSlices(tensors, 'thumbnails', count) : undefined
  const type = String(tensors.metadata.thumbnail_type)
  if (hasThumbnails && !/^image\/[\w.+-]+$/.test(type)) throw invalid(`thumbnail_type is ${type}, expected one such as image/webp`)
  const decoder = new TextDecoder()

  function thumbnail(index: number): Thumbnail | undefined {
    const bytes = pictures?.(index)
    return bytes?.length ? { type, bytes: bytes.slice() } : undefined
  }
  return {
    count,
    dim,
    vectors,
    scales,
    ...(residuals && { residuals }),
    ids: listIds(ids),
    paths,
    categoryOf,
    unavailable,
    items: async (indices) => indices.map((index) => cleanLine(decoder.decode(items(index)), ids[index]!, paths[categoryOf[index]!]!)),
    hasThumbnails,
    thumbnails: async (indices) => indices.map(thumbnail),
  }
}

function textOf(tensors: Tensors, name: string): string {
  return new TextDecoder().decode(tensors.u8(name, tensors.shape(name).slice(0, 1)))
}

function readIds(text: string, count: number): readonly string[] {
  const ids = count === 0 ? [] : text.split('\n')
  if (ids.length !== count) throw invalid(`holds ${ids.length} lines, expected ${count}`, 'ids')
  if (new Set(ids).size !== count) throw invalid('holds an id twice', 'ids')
  if (!ids.every((id) => id !== '' && id.length <= MAX_ID_LENGTH))
    throw invalid(`holds an id without 1 to ${MAX_ID_LENGTH} characters`, 'ids')
  return ids
}

function readPaths(text: string): readonly (readonly string[])[] {
  let paths: unknown
  try {
    paths = JSON.parse(text)
  } catch {
    throw invalid('is not JSON', 'paths')
  }
  const isPath = (path: unknown): path is string[] => Array.isArray(path) && path.every((name) => typeof name === 'string')
  if (!Array.isArray(paths) || !paths.every(isPath)) throw invalid('is not a list of lists of names', 'paths')
  if (paths.length >= MAX_PATHS) throw invalid(`lists ${paths.length} paths, at most ${MAX_PATHS - 1} are possible`, 'paths')
  return paths
}

/** Access to copies of the byte runs that `name` and `name_offsets` [count + 1] describe. */
function readSlices(tensors: Tensors, name: string, count: number): (index: number) => Uint8Array {
  const offsets = tensors.u32(`${name}_offsets`, [count + 1]).slice()
  const bytes = tensors.u8(name, [offsets[count]!]).slice()
  if (offsets[0] !== 0 || offsets.some((offset, at) => at > 0 && offset < offsets[at - 1]!))
    throw invalid('do not rise from 0', `${name}_offsets`)
  return (index) => bytes.subarray(offsets[index]!, offsets[index + 1]!)
}

/** The item of a line, cleaned like any other: who made the pack need not have used our tools. */
function cleanLine(line: string, id: string, categories: readonly string[]): Item {
  const item = cleanItem(parseItemLine(line, id, categories), () => {}) // a fault of the pack is no entry's
  if (!item) throw invalid('holds an item without title', 'items')
  return item
}
