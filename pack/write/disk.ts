import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What saving a pack needs of a disk. */
export interface Disk {
  /** @returns nothing where there is no such file. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Writes a whole file and waits until the disk has it. */
  write(path: string, bytes: Uint8Array): Promise<void>
  /** Puts one file in the place of another in a single step, and waits until the disk has it. */
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  /** Names in a folder, which is made where it is missing. */
  list(folder: string): Promise<readonly string[]>
}

/** This computer's. */
export const localDisk: Disk = {
  async read(path) {
    try {
      return new Uint8Array(await readFile(path))
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
      throw cause
    }
  },
  async write(path, bytes) {
    const file = await open(path, 'w')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
  },
  async rename(from, to) {
    await rename(from, to)
    // The new name is safe once the folder is; Windows cannot sync folders and need not.
    const folder = await open(dirname(to), 'r').catch(() => undefined)
    await folder?.sync().catch(() => {})
    await folder?.close()
  },
  remove: (path) => rm(path, { force: true }),
  async list(folder) {
    await mkdir(folder, { recursive: true })
    return (await readdir(join(folder))).sort()
  },
}
