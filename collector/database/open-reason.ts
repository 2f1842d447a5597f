import { systemReason } from '../../src/shared/system-reason'

/** By the numbers of WASI: PGlite's file system has neither a code nor a message. */
const CODES: Readonly<Record<number, string>> = { 2: 'EACCES', 29: 'EIO', 51: 'ENOSPC', 54: 'ENOTDIR', 63: 'EPERM', 69: 'EROFS' }

/**
 * Why PGlite could not open a folder: PostgreSQL's own words where it said any, since PGlite then throws only that it failed.
 * @param thrown anything. @param said what PostgreSQL wrote to its log, line by line.
 */
export function openReason(thrown: unknown, said: readonly string[]): string {
  for (const line of said) {
    const [, words] = /(?:FATAL|PANIC|^postgres): +(.+)/.exec(line) ?? []
    if (words !== undefined) return words
  }
  const { name, errno } = Object(thrown) as { name?: unknown; errno?: unknown } // whatever it is, these may be asked for
  if (name !== 'ErrnoError') return systemReason(thrown)
  return systemReason({ code: CODES[Number(errno)] ?? `WASI ${errno}` })
}
