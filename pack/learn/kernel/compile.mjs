// Compiles `products.as` to `compiled.ts`: `node pack/learn/kernel/compile.mjs`. A test says when that was forgotten.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

const FLAGS = [
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--noAssert',
  '--runtime',
  'stub',
  '--importMemory',
  '--noExportMemory',
  '--enable',
  'simd',
]

/** @returns {Promise<string>} the text of `compiled.ts` */
export async function compiledText() {
  let binary
  const { error, stderr } = await asc.main(['products.ts', '--outFile', 'products.wasm', ...FLAGS], {
    readFile: (name) => (name === 'products.ts' ? readFileSync(here('products.as'), 'utf8') : null),
    writeFile: (_name, contents) => {
      binary = contents
    },
    listFiles: () => [],
  })
  if (error || !binary) throw new Error(`products.as does not compile: ${error?.message}\n${stderr}`)
  const hex = Buffer.from(binary).toString('hex')
  return `/** \`products.as\` as \`compile.mjs\` compiles it, in hexadecimal. */\nexport const COMPILED_PRODUCTS =\n  '${hex}'\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(here('compiled.ts'), await compiledText())
