import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Files of the write-ahead log are named by their place in it. */
const LOG_FILE = /^[0-9A-F]{24}$/

/**
 * Has the operating system put the write-ahead log onto the disk: PGlite writes it at each commit, but cannot ask for that itself. A killed process loses
 * nothing without this; a power cut would.
 * @returns how many files the log has.
 */
export async function flushLog(folder: string): Promise<number> {
  const names = (await readdir(join(folder, 'pg_wal'))).filter((name) => LOG_FILE.test(name))
  // In their order: a later part of the log is worth nothing without the earlier ones.
  for (const name of names.sort()) await flush(join(folder, 'pg_wal', name))
  return names.length
}

/**
 * The same for the whole folder, which the log is no longer needed for after a checkpoint.
 * @param since milliseconds since 1970: files that were not written to after it are left out.
 */
export async function flushFolder(folder: string, since: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const path of entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))) {
    if (((await statIfThere(path))?.mtimeMs ?? Number.NEGATIVE_INFINITY) >= since) await flush(path)
  }
}

function statIfThere(path: string) {
  return stat(path).catch(ifGone)
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r').catch(ifGone)
  if (!file) return
  try {
    await file.datasync()
  } finally {
    await file.close()
  }
}

/** The log is renamed and tables are dropped meanwhile: what is gone needs no flushing. */
function ifGone(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}
