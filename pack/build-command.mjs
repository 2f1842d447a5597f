// A step of `npm run build`: the command `sotto` into `dist/pack/`, with what it uses from packages.
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { writeNotices } from './write-notices.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const folder = `${root}dist/pack/`

/** Files that lie beside the worker once it is built; the command stands one folder down. Named relative to their sources. */
const ADDRESSES = [
  ["new URL('../text-encoder/", "new URL('../text-encoder/"],
  ["new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", "new URL('../tfjs/"],
]

const bundledAddresses = {
  name: 'bundled-addresses',
  setup: (bundler) =>
    bundler.onLoad({ filter: /\/(encoder-files|wasm-files)\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8')
      const [from, to] = ADDRESSES.find(([address]) => source.includes(address)) ?? []
      if (!from) throw new Error(`${path} names no address as expected; see ADDRESSES in pack/build-command.mjs`)
      return { contents: source.replaceAll(from, to), loader: 'ts' }
    }),
}

rmSync(folder, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: { sotto: `${root}pack/cli.ts` },
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  // Beside the command, so that what they ask for lies where it is looked for. tfjs is read only where a neural model is learned.
  splitting: true,
  chunkNames: '[name]-[hash]',
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  // Packages of the older form ask for Node's own modules by `require`, and for their folder by `__dirname`.
  banner: {
    js: [
      "import { createRequire as sottoRequire } from 'node:module'",
      "import { dirname as sottoDirname } from 'node:path'",
      "import { fileURLToPath as sottoPath } from 'node:url'",
      'const require = sottoRequire(import.meta.url)',
      'const __filename = sottoPath(import.meta.url)',
      'const __dirname = sottoDirname(__filename)',
    ].join('\n'),
  },
  plugins: [bundledAddresses],
})
chmodSync(`${folder}sotto.mjs`, 0o755)

writeNotices(root, Object.keys(metafile.inputs), `${folder}THIRD-PARTY-LICENSES.txt`)
