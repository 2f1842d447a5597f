// Runs the steps that `npm start` and `npm test` are made of. Needs nothing but Node: it is what installs the rest.
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isFresh } from './freshness.mjs'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Runs a command in the project's folder; its output is shown only when it fails, or live where `isShown`.
 * @returns whether it succeeded.
 */
export function run(command, args, { isShown = false, env = {} } = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: isShown ? 'inherit' : 'pipe',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status === 0) return true
  if (!isShown) process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
  process.stderr.write(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}\n`)
  return false
}

/** Runs a program of an installed package. */
export function runInstalled(program, args, options) {
  return run(process.execPath, [`${ROOT}node_modules/${program}`, ...args], options)
}

/** Every dependency, exactly as the lock file says; nothing is done where that is so already. Ends the process where it cannot be. */
export function install() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Sotto needs Node 20.19 or later; this is ${process.version}`)
    process.exit(1)
  }
  const stamp = `${ROOT}node_modules/.package-lock.json`
  const lock = `${ROOT}package-lock.json`
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs && isComplete(stamp)) return
  if (lstatSync(`${ROOT}node_modules`, { throwIfNoEntry: false })?.isSymbolicLink()) {
    console.error(`${ROOT}node_modules is a link, and npm ci would empty the folder it leads to: remove the link, or install there`)
    process.exit(1)
  }
  if (!run('npm', ['ci', '--no-audit', '--no-fund'])) process.exit(1)
}

/** An install that was interrupted leaves its stamp but not all folders. */
function isComplete(stamp) {
  const { packages } = JSON.parse(readFileSync(stamp, 'utf8'))
  return Object.keys(packages).every((folder) => existsSync(`${ROOT}${folder}`))
}

const TSC = 'typescript/bin/tsc'
export const VITE = 'vite/bin/vite.js'
export const TSX = 'tsx/dist/cli.mjs'

/** Type-checks one side. */
export const typeCheck = (folder) => runInstalled(TSC, ['-p', folder])

const SOURCES = ['src', 'worker', 'pack', 'vite.config.ts', 'package.json', 'package-lock.json']
const DEMO_SOURCES = [...SOURCES, 'demo', 'index.html']

const BUILT = [
  'dist/sotto.js',
  'dist/index.d.ts',
  'dist/pack/sotto.mjs',
  'collector/dist/sotto-collector.mjs',
  'collector/dist/dashboard/index.html',
]

/** Writes `dist/`, the command included, and the collector's, where one is missing or older than its sources. */
export function build() {
  return isFresh(BUILT, [...SOURCES, 'collector']) || run('npm', ['run', '--silent', 'build'])
}

/** Writes the demo's catalog and then its pages, as a site would: from `dist/`. Nothing is done where they are newer than their sources. */
export function buildDemo() {
  if (isFresh(['demo/generated/public/catalog.pack', 'demo/generated/site/index.html'], DEMO_SOURCES)) return true
  return runInstalled(TSX, ['demo/build-catalog.ts']) && runInstalled(VITE, ['build', '--logLevel', 'warn'])
}
