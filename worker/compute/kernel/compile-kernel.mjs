// Compiles the AssemblyScript sources beside it, as a plugin of Vite: `import { relaxedSimd, simd } from './kernel/assembly/index?kernel'`
// gives the two binaries in hexadecimal. They are kept by the hash of what they were made from, since the compiler takes seconds.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const QUERY = '?kernel'
const SOURCES = fileURLToPath(new URL('./assembly/', import.meta.url))
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/sotto-kernel/', import.meta.url))
const COMPILER = fileURLToPath(new URL('../../../node_modules/assemblyscript/package.json', import.meta.url))

/** Nothing of the language's runtime: no allocator, no assertions, no start function, and the memory is the caller's. */
const FLAGS = [
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--noExportMemory',
  '--enable',
  'simd',
]
const VARIANTS = { simd: [], relaxedSimd: ['--enable', 'relaxed-simd'] }

/** @returns {Promise<Record<'simd' | 'relaxedSimd', string>>} the binaries in hexadecimal */
export async function compileKernel() {
  const files = readdirSync(SOURCES)
    .sort()
    .filter((name) => name.endsWith('.ts'))
  const texts = files.map((name) => readFileSync(join(SOURCES, name)))
  const hash = createHash('sha256').update(JSON.stringify([FLAGS, VARIANTS, files]))
  for (const text of [readFileSync(COMPILER), readFileSync(fileURLToPath(import.meta.url)), ...texts]) hash.update(text)
  const kept = `${CACHE}${hash.digest('hex')}.json`
  try {
    return JSON.parse(readFileSync(kept, 'utf8'))
  } catch {
    // Not compiled yet, or half written: it is made now.
  }
  const binaries = {}
  for (const [variant, flags] of Object.entries(VARIANTS)) binaries[variant] = await compile(flags)
  mkdirSync(dirname(kept), { recursive: true })
  // Several test runners may be at it at once: none sees a half.
  const own = `${kept}.${process.pid}`
  writeFileSync(own, JSON.stringify(binaries))
  renameSync(own, kept)
  return binaries
}

async function compile(flags) {
  const { default: asc } = await import('assemblyscript/asc')
  let binary
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernel.wasm', ...FLAGS, ...flags], {
    readFile: (name) => {
      try {
        return readFileSync(join(SOURCES, name), 'utf8')
      } catch {
        return null // asked for in several places
      }
    },
    writeFile: (_name, contents) => {
      binary = contents
    },
    listFiles: () => [],
  })
  if (error || !binary) throw new Error(`the WASM kernel does not compile: ${error?.message}\n${stderr}`)
  return Buffer.from(binary).toString('hex')
}

/** @returns {import('vite').Plugin} */
export function kernel() {
  const id = '\0sotto-kernel'
  return {
    name: 'wasm-kernel',
    enforce: 'pre',
    resolveId: (source) => (source.endsWith(QUERY) ? id : undefined),
    async load(asked) {
      if (asked !== id) return
      for (const name of readdirSync(SOURCES)) this.addWatchFile(join(SOURCES, name))
      return Object.entries(await compileKernel())
        .map(([variant, hex]) => `export const ${variant} = '${hex}'`)
        .join('\n')
    },
  }
}
