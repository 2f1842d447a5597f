import { open, readdir } from 'node:fs/promises'
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

/** The same for the whole folder, which the log is no longer needed for after a checkpoint. */
export async function flushFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) if (entry.isFile()) await flush(join(entry.parentPath, entry.name))
}

async function flush(path: string): Promise<void> {
  try {
    const file = await open(path, 'r')
    try {
      await file.datasync()
    } finally {
      await file.close()
    }
  } catch (error) {
    // The log is renamed and tables are dropped meanwhile: what is gone needs no flushing.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}
