import { basename, dirname, join } from 'node:path'
import { SottoError } from '../../src/shared/errors'
import { type PackCore, readPackCore } from '../../worker/catalog/read-pack'
import { type Disk, localDisk } from './disk'

type Bytes = Uint8Array<ArrayBuffer>

/** A file of a pack, beside its core. */
export type NamedBytes = { readonly name: string; readonly bytes: Bytes }

/** Where the pack before is kept. */
export function previousPath(out: string): string {
  return `${out}.previous`
}

/**
 * Saves a pack so that a reader always finds a whole one, whenever this process or its computer dies: each file is written under another name
 * and renamed once the disk has it, the core last. The pack that was there before is kept, see `rollBack`; files that neither of the two names
 * are removed.
 * @param out path of the core, ending in `.pack`.
 * @param files those of the pack that are new or that may be missing.
 * @throws whatever the disk says; the pack before is then still in place.
 */
export async function savePack(out: string, core: Bytes, files: readonly NamedBytes[], disk: Disk = localDisk): Promise<void> {
  const folder = dirname(out)
  await disk.list(folder)
  for (const { name, bytes } of files) await replace(join(folder, name), bytes, disk)
  const before = await disk.read(out)
  // The same content again is no other pack, and a damaged one is none to go back to.
  if (before && !isSame(before, core) && openCore(before)) await replace(previousPath(out), before, disk)
  await replace(out, core, disk)
  await removeUnused(out, disk)
}

/**
 * Goes back to the pack before; the present one takes its place, so that the same again goes forward.
 * @returns items of the pack that is in place now.
 * @throws SottoError `catalog-failed` where there is none, or where a file of it is missing or damaged: then nothing was changed.
 */
export async function rollBack(out: string, disk: Disk = localDisk): Promise<number> {
  const path = previousPath(out)
  const before = await disk.read(path)
  if (!before) throw new SottoError('catalog-failed', `there is no pack before ${out}: ${path} does not exist`, { reason: 'no-previous' })
  const core = readPackCore(before)
  for (const { file, bytes } of [...core.tails, ...core.parts]) {
    const found = await disk.read(join(dirname(out), file))
    if (found?.length === bytes) continue
    const what = found ? `has ${found.length} bytes, expected ${bytes}` : 'is missing'
    throw new SottoError('catalog-failed', `the pack before ${out} is not whole: ${file} ${what}; build it anew`, { reason: 'incomplete' })
  }
  const present = await disk.read(out)
  await replace(out, before, disk)
  if (present) await replace(path, present, disk)
  return core.total
}

async function replace(path: string, bytes: Bytes, disk: Disk): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.new`)
  try {
    await disk.write(temporary, bytes)
    await disk.rename(temporary, path)
  } catch (cause) {
    await disk.remove(temporary)
    throw cause
  }
}

/** Only files that are named as ours are touched, and none where it is not sure what the packs name. */
async function removeUnused(out: string, disk: Disk): Promise<void> {
  const cores = await Promise.all([disk.read(out), disk.read(previousPath(out))])
  const opened = cores.map((core) => core && openCore(core))
  if (cores.some((core, at) => core && !opened[at])) return
  const used = new Set(opened.flatMap((core) => (core ? [...core.tails, ...core.parts] : [])).map(({ file }) => file))
  const name = basename(out, '.pack').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const isOurs = new RegExp(`^${name}-[0-9a-f]{14}\\.pack$|^\\.${name}(-[0-9a-f]{14})?\\.pack(\\.previous)?\\.\\d+\\.new$`)
  for (const file of await disk.list(dirname(out))) if (isOurs.test(file) && !used.has(file)) await disk.remove(join(dirname(out), file))
}

function isSame(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}

function openCore(core: Bytes): PackCore | undefined {
  try {
    return readPackCore(core)
  } catch (error) {
    if (error instanceof SottoError && error.code === 'pack-invalid') return undefined
    throw error
  }
}
