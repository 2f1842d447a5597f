import { readdir, readFile } from 'node:fs/promises'
import { extname, join, parse } from 'node:path'
import { SottoError } from '../src/shared/errors'
import type { Thumbnail } from '../src/shared/items'
import { systemReason } from '../src/shared/system-reason'

/** What shelves show; see `src/element/picture.ts`. */
const TYPES: Readonly<Record<string, string>> = {
  '.avif': 'image/avif',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
}

/**
 * Reads a folder of small pictures, each named by its item's id, e.g. `lamp-1.webp`. Ids with a slash or the like in them are written as in
 * a URL: `a%2Fb.webp`. Other files are left alone.
 * @returns by item id, for `buildPack`.
 * @throws SottoError `invalid-argument` where there is no such folder, or where the pictures are of several types.
 */
export async function readThumbnails(folder: string): Promise<ReadonlyMap<string, Thumbnail>> {
  const all = await readdir(folder).catch((cause) => {
    const what = `thumbnails: ${folder} cannot be read: ${systemReason(cause)}; expected a folder of pictures`
    throw new SottoError('invalid-argument', what, {}, { cause })
  })
  const names = all.filter((name) => TYPES[extname(name).toLowerCase()])
  const types = [...new Set(names.map((name) => TYPES[extname(name).toLowerCase()]))]
  if (types.length > 1) {
    throw new SottoError('invalid-argument', `thumbnails: ${folder} has pictures of several types (${types.join(', ')}), expected one`)
  }
  const read = async (name: string) => {
    const type = TYPES[extname(name).toLowerCase()]!
    return [decodeURIComponent(parse(name).name), { type, bytes: await readFile(join(folder, name)) }] as const
  }
  return new Map(await Promise.all(names.map(read)))
}
