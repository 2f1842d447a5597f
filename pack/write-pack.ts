import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type BuildPackOptions, buildPack } from './build-pack'
import { encoderFromDisk } from './encoder-from-disk'

/**
 * Makes a pack of items and writes its files.
 * @param out path of the core, ending in `.pack`; the tails are written beside it.
 * @param options pictures, and whether vectors are kept in 16 bits.
 * @returns what was written: files with their sizes, items, and what was left out by reason.
 */
export async function writePack(entries: readonly unknown[], out: string, options: Pick<BuildPackOptions, 'thumbnails' | 'fine'> = {}) {
  const pack = buildPack(entries, { ...options, encoder: await encoderFromDisk(), name: basename(out, '.pack') })
  await mkdir(dirname(out), { recursive: true })
  // Tails first: a server must never offer a core whose tails are not there yet.
  for (const { name, bytes } of pack.parts) await writeFile(join(dirname(out), name), bytes)
  await writeFile(out, pack.core)
  const tailBytes = pack.parts.reduce((sum, { bytes }) => sum + bytes.length, 0)
  return { items: pack.count, coreBytes: pack.core.length, tails: pack.parts.length, tailBytes, problems: pack.problems }
}
