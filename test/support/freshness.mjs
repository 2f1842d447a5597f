// Whether what was built is newer than what it was built from.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Of a file, or of the newest file below a folder; 0 where it does not exist. */
function newest(path, ignored) {
  if (!existsSync(path)) return 0
  const entry = statSync(path)
  if (!entry.isDirectory()) return entry.mtimeMs
  const names = readdirSync(path).filter((name) => !ignored.includes(name))
  return Math.max(0, ...names.map((name) => newest(`${path}/${name}`, ignored)))
}

/** @param built files that all must exist. @param sources files and folders; what was generated, built or installed below them does not count. */
export function isFresh(built, sources) {
  if (!built.every((file) => existsSync(ROOT + file))) return false
  const oldestBuilt = Math.min(...built.map((file) => statSync(ROOT + file).mtimeMs))
  return oldestBuilt >= Math.max(...sources.map((source) => newest(ROOT + source, ['generated', 'dist', 'node_modules'])))
}
