// What is measured must be what the sources say now.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { build, ROOT } from '../../test/support/run-quietly.mjs'

const SOURCES = ['src', 'worker', 'vite.config.ts', 'package.json']
const BUNDLES = ['sotto.js', 'index.js', 'element.js', 'worker.js', 'engine.js']

/** Builds `dist/` where a bundle is missing or older than a source. @returns whether it stands. */
export function ensureBuilt() {
  const bundles = BUNDLES.map((name) => `${ROOT}dist/${name}`)
  const oldest = Math.min(...bundles.map((path) => (existsSync(path) ? statSync(path).mtimeMs : 0)))
  return oldest >= Math.max(...SOURCES.map((name) => newest(ROOT + name))) || build()
}

/** When anything at or below a path was last changed, in milliseconds since 1970. */
function newest(path) {
  const own = statSync(path)
  if (!own.isDirectory()) return own.mtimeMs
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
