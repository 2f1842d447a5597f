import { readFileSync } from 'node:fs'
import { join, normalize, relative, sep } from 'node:path'

/** A room and the rooms and packages it may import from; itself always. The most specific room that fits a file is the one that counts. */
export type Arrows = Readonly<Record<string, readonly string[]>>

const SHARED = 'src/shared'
/** What may leave: plan, randomizers, reports and their estimators. */
const SIGNALS = 'src/shared/signals'
/** Oblivious HTTP, for device and collector. */
const OBLIVIOUS = 'src/shared/oblivious'
const TFJS = '@tensorflow/*'

/** Which room may import from which, from the top of the house to its ground. Nothing runs back up. */
export const ARROWS: Arrows = {
  demo: ['sotto', 'sotto/element', 'sotto/signals', '@observablehq/plot'],
  'demo/build-catalog.ts': ['demo', 'demo/build', 'pack', 'node:*', 'esbuild'],
  'demo/build': ['demo', 'sotto/signals', 'pack', 'worker/models', 'worker/ranking', 'node:*'],
  'demo/collector': ['demo', 'collector', 'sotto/signals', SHARED, SIGNALS, 'node:*', '@electric-sql/pglite', 'fastify'],
  pack: [
    'worker/text',
    'worker/catalog',
    'worker/compute',
    'worker/compute/*',
    'worker/models',
    'worker/ranking',
    SHARED,
    SIGNALS,
    'node:*',
    'fast-xml-parser',
    'cli-progress',
  ],
  collector: [SHARED, SIGNALS, 'collector/oblivious', 'node:*', 'fastify', '@fastify/*', 'pg', '@electric-sql/pglite'],
  'collector/oblivious': [SHARED, OBLIVIOUS, 'node:*', 'fastify', '@hpke/core'],
  'collector/dashboard': [SHARED, SIGNALS, '@observablehq/plot'],
  src: ['src/bridge.ts', SHARED, SIGNALS],
  'src/bridge.ts': ['src', SHARED, 'comlink'],
  'src/element': ['src', SHARED],
  worker: [SHARED],
  'worker/index.ts': ['worker/start.ts', 'worker/store', 'worker/compute', SHARED],
  'worker/start.ts': ['worker', 'worker/*', SHARED, 'comlink'],
  'worker/engine.ts': ['worker', 'worker/*', SHARED, SIGNALS],
  'worker/on-demand.ts': ['worker/export-all.ts', 'worker/prove-forgotten.ts', 'worker/profile', 'worker/ranking'],
  'worker/export-all.ts': ['worker/ranking', 'worker/store', SHARED, SIGNALS],
  'worker/prove-forgotten.ts': ['worker/history', 'worker/signals', 'worker/store', SHARED],
  'worker/signals': ['worker/history', 'worker/store', 'worker/signals/*', SHARED, SIGNALS, 'idb'],
  'worker/signals/transports': ['worker/signals', SHARED, SIGNALS],
  'worker/signals/transports/dap.ts': ['worker/signals', 'worker/signals/transports', SHARED, SIGNALS, '@divviup/*'],
  'worker/signals/transports/oblivious.ts': ['worker/signals', 'worker/signals/transports', SHARED, SIGNALS, OBLIVIOUS],
  'worker/ranking': [
    'worker/models',
    'worker/profile',
    'worker/catalog',
    'worker/history',
    'worker/compute',
    'worker/compute/*',
    'worker/text',
    SHARED,
  ],
  'worker/profile': ['worker/catalog', 'worker/history', 'worker/compute', SHARED],
  'worker/catalog': ['worker/store', 'worker/text', 'worker/compute', SHARED],
  'worker/store': ['worker/history', SHARED, 'idb'],
  'worker/history': [SHARED],
  'worker/models': ['worker/text', 'worker/compute', 'worker/compute/*', SHARED],
  'worker/text': ['worker/compute', SHARED],
  'worker/compute': [SHARED],
  'worker/compute/tensors': ['worker/compute', SHARED, TFJS],
  'worker/compute/tensors/tensor-service.ts': ['worker/compute', 'worker/compute/tensors', SHARED],
  [SHARED]: [SIGNALS],
  [SIGNALS]: [SHARED],
  [OBLIVIOUS]: [SHARED, '@hpke/core'],
}

const IMPORT = /\b(?:import|export)\s(?:[^'"]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** What a source text imports, as written. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(IMPORT)].map(([, from, lazily]) => (from ?? lazily)!)
}

/** The room of a file, named with or without its ending: the longest name in `arrows` that it lies in or is. */
export function roomOf(file: string, arrows: Arrows = ARROWS): string | undefined {
  const rooms = Object.keys(arrows).filter((room) => file === room || `${file}.ts` === room || file.startsWith(`${room}/`))
  return rooms.sort((a, b) => b.length - a.length)[0]
}

/** Every import of a file against the arrows, in words; empty where all hold. */
export function brokenArrows(file: string, source: string, arrows: Arrows = ARROWS): string[] {
  const room = roomOf(file, arrows)
  if (!room) return [`${file} is in no room`]
  const allowed = [room, ...arrows[room]!]
  return importsOf(source)
    .map((specifier) => (specifier.startsWith('.') ? targetRoom(file, specifier, arrows) : specifier))
    .filter((target) => !allowed.some((pattern) => matches(target, pattern)))
    .map((target) => `${file} (${room}) imports ${target}`)
}

function targetRoom(file: string, specifier: string, arrows: Arrows): string {
  const target = normalize(join(file, '..', specifier))
    .split(sep)
    .join('/')
  return roomOf(target, arrows) ?? target
}

function matches(target: string, pattern: string): boolean {
  return pattern.endsWith('*') ? target.startsWith(pattern.slice(0, -1)) : target === pattern
}

/** Broken arrows of files on disk. @param root absolute. */
export function brokenArrowsIn(root: string, files: readonly string[]): string[] {
  return files.flatMap((file) => brokenArrows(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')))
}
