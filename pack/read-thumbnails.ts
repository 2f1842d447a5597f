import { readdir, readFile } from 'node:fs/promises'
import { extname, join, parse } from 'node:path'
import type { Thumbnail } from '../src/shared/items'

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
 */
export async function readThumbnails(folder: string): Promise<ReadonlyMap<string, Thumbnail>> {
  const names = (await readdir(folder)).filter((name) => TYPES[extname(name).toLowerCase()])
  const read = async (name: string) => {
    const type = TYPES[extname(name).toLowerCase()]!
    return [decodeURIComponent(parse(name).name), { type, bytes: await readFile(join(folder, name)) }] as const
  }
  return new Map(await Promise.all(names.map(read)))
}
