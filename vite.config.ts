import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { playwright } from '@vitest/browser-playwright'
import type { Plugin, UserConfig } from 'vite'
import { defineConfig } from 'vitest/config'
import { launchOptions } from './test/support/chromium.mjs'
import { kernel } from './worker/compute/kernel/compile-kernel.mjs'

/**
 * `npm run build` runs this once a bundle, by mode: each is an entry of its own, so that none drags another along.
 * Without a mode of the list it serves the demo and runs the tests.
 */
const BUNDLES: Record<string, { entry: string; format: 'es' | 'iife'; file: string }> = {
  script: { entry: 'src/script-tag.ts', format: 'iife', file: 'sotto.js' },
  module: { entry: 'src/index.ts', format: 'es', file: 'index.js' },
  element: { entry: 'src/element/index.ts', format: 'es', file: 'element.js' },
  signals: { entry: 'src/signals.ts', format: 'es', file: 'signals.js' },
  worker: { entry: 'worker/index.ts', format: 'es', file: 'worker.js' },
  engine: { entry: 'worker/start.ts', format: 'es', file: 'engine.js' },
}

/** tfjs' WebAssembly, of which a browser fetches one: without SIMD, with it, with threads too. */
const TFJS_WASM = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm']

/** The modules of tfjs that the worker loads lazily, one by one: found late, they would make Vite reload the page in mid-test. */
const TFJS_MODULES = readdirSync('worker/compute/tensors', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => readFileSync(`worker/compute/tensors/${file}`, 'utf8').match(/(?<=from ')@tensorflow\/[^']+/g) ?? [])

/**
 * URLs relative to a source file that must be relative to the bundle instead. Left alone, Vite would inline the worker and the text
 * encoder's files into it as `data:` URLs, for every consumer too.
 */
const ADDRESSES: readonly (readonly [source: string, bundled: string])[] = [
  ["new URL('../worker/index.ts', import.meta.url)", 'new URL("./worker.js", import.meta.url)'],
  ["import('./start')", 'import("./engine.js")'],
  ["new URL('../text-encoder/model.safetensors.gz', import.meta.url)", 'new URL("./text-encoder/model.safetensors.gz", import.meta.url)'],
  ["new URL('../text-encoder/vocabulary.txt.gz', import.meta.url)", 'new URL("./text-encoder/vocabulary.txt.gz", import.meta.url)'],
  // Asked for by a lazy chunk, which lies one folder down.
  ...TFJS_WASM.map(
    (file) =>
      [
        `new URL('../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/${file}', import.meta.url)`,
        `new URL("../tfjs/${file}", import.meta.url)`,
      ] as const,
  ),
]

/** Hides each address from Vite while it bundles, and puts the bundled one in its place afterwards, as the literal that bundlers look for. */
function keepAddresses(): Plugin {
  const mark = (index: number) => `__SOTTO_ADDRESS_${index}__`
  const swap = (code: string, from: (index: number) => string, to: (index: number) => string) =>
    ADDRESSES.reduce((text, _, index) => text.replaceAll(from(index), to(index)), code)
  return {
    name: 'keep-addresses',
    enforce: 'pre',
    transform: (code) => swap(code, (index) => ADDRESSES[index]![0], mark),
    // After minification, which would turn the quotes into backticks, and not every tool looks for those.
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk') chunk.code = swap(chunk.code, mark, (index) => ADDRESSES[index]![1])
      }
    },
  }
}

/**
 * How `expect.poll` waits for browsers, ms: long enough for a worker to start on a busy machine, and asking seldom enough that the engine is idle in
 * between, as some of its work waits for that.
 */
const PATIENCE = { timeout: 30_000, interval: 250 }

/** Not limits of speed, ms: a test that hangs should end, on a machine that does other things too. What prepares tests starts browsers and databases. */
const LIMITS = { testTimeout: 60_000, hookTimeout: 120_000 }

/** What of comlink is never used here: see `onlyCalls`. */
const UNUSED_OF_COMLINK = [
  /\["proxy", proxyTransferHandler\],/,
  /^ {12}if \(prop === releaseProxy\) \{[\s\S]*?^ {12}\}\n/m,
  /^ {8}set\(_target[\s\S]*?^ {8}\},\n/m,
  /^ {12}if \(last === createEndpoint\) \{[\s\S]*?^ {12}\}\n/m,
  /^ {8}construct\(_target[\s\S]*?^ {8}\},\n/m,
  /^ {4}registerProxy\(proxy, ep\);\n/m,
  /^const proxyFinalizers = [\s\S]*?^ {4}\}\);\n/m,
]

/**
 * The page only ever calls the worker, and ends it when it is done: no callbacks are passed, nothing is set or constructed from afar, and no proxy is released.
 * comlink's handler for callbacks is then dead weight, and with it all of `expose` on the page (half a kilobyte of six) and all of `wrap` in the worker, and so
 * are parts of its proxy. comlink has no option to leave them out; a release in which these lines read otherwise fails the build.
 */
function onlyCalls(): Plugin {
  return {
    name: 'only-calls',
    transform(code, id) {
      if (!/comlink\/dist\/esm\/comlink\.mjs/.test(id)) return
      return UNUSED_OF_COMLINK.reduce((text, part) => {
        if (!part.test(text)) throw new Error(`comlink no longer has what ${part} finds; see onlyCalls in vite.config.ts`)
        return text.replace(part, '')
      }, code)
    },
  }
}

/**
 * Vite wraps each `import()` in a helper that loads a page's style sheets first: dead weight in a worker, which has none, and it hides why a
 * file did not load. There is no option to leave it out; a release that names it otherwise fails the build.
 */
function withoutPreloading(): Plugin {
  let isReplaced = false
  return {
    name: 'without-preloading',
    enforce: 'pre',
    load(id) {
      if (id !== '\0vite/preload-helper.js') return undefined
      isReplaced = true
      return 'export const __vitePreload = (load) => load()'
    },
    generateBundle() {
      if (!isReplaced) throw new Error('Vite has another preload helper; see withoutPreloading in vite.config.ts')
    },
  }
}

/**
 * Has browsers compile all of the engine when they first read it (https://github.com/WICG/explicit-javascript-compile-hints-file-based): what is
 * compiled then lies in their code cache at the next visit, where functions compiled one by one later on do not. Nearly all of them are needed.
 */
function compiledAtOnce(): Plugin {
  return {
    name: 'compiled-at-once',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && chunk.isEntry) chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`
      }
    },
  }
}

/**
 * tfjs starts its threads with the text of a function of its own (`toString`), which must therefore name nothing outside itself. It names one
 * variable there, guarded by a `typeof` that minification removes: threads would fail to start. A release that reads otherwise fails the build.
 */
function selfContainedThreads(): Plugin {
  const outside = ['if(typeof _scriptDir !== "undefined" && _scriptDir){scriptDirectory=_scriptDir}', '||_scriptDir,"wasmMemory"']
  return {
    name: 'self-contained-threads',
    transform(code, id) {
      if (!id.includes('/wasm-out/tfjs-backend-wasm-threaded-simd.js')) return
      if (!outside.every((text) => code.includes(text))) throw new Error('tfjs reads otherwise; see selfContainedThreads in vite.config.ts')
      return code.replace(outside[0]!, '').replace(outside[1]!, ',"wasmMemory"')
    },
  }
}

/** The text encoder's files and tfjs' binaries lie beside the worker; the licences of all that is shipped travel with it. */
function copyAssets(): Plugin {
  const packages = [
    'comlink',
    'idb',
    ...['core', 'backend-cpu', 'backend-wasm', 'backend-webgpu'].map((part) => `@tensorflow/tfjs-${part}`),
    // Of the transports of signals: DAP and Oblivious HTTP.
    ...['dap', 'prio3', 'vdaf', 'field', 'xof', 'common'].map((part) => `@divviup/${part}`),
    ...['hpke-js', '@hpke/core', '@hpke/common', '@hpke/chacha20poly1305', '@hpke/dhkem-x25519', '@hpke/dhkem-x448'],
    ...['@noble/hashes', 'buffer', 'base64-js', 'ieee754', 'one-webcrypto'],
  ]
  return {
    name: 'copy-assets',
    closeBundle() {
      cpSync('worker/text-encoder', 'dist/text-encoder', { recursive: true })
      for (const file of TFJS_WASM) cpSync(`node_modules/@tensorflow/tfjs-backend-wasm/dist/${file}`, `dist/tfjs/${file}`)
      const notices = packages.map((name) => {
        const { version, license, author, repository } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'))
        const file = `node_modules/${name}/LICENSE`
        // Those that carry no file of their own say only which licence they are under, and where their source is.
        const owner = name.startsWith('@tensorflow/') ? 'Google LLC' : (author?.name ?? author ?? 'its authors')
        const source = repository?.url ?? repository ?? `https://www.npmjs.com/package/${name}`
        const text = existsSync(file)
          ? readFileSync(file, 'utf8')
          : `Copyright ${owner}. ${license}: https://spdx.org/licenses/${license}.html\nSource: ${source}\n`
        return `${name} ${version} (${license})\n\n${text}`
      })
      writeFileSync('dist/THIRD-PARTY-LICENSES.txt', notices.join(`\n${'-'.repeat(80)}\n\n`))
    },
  }
}

/**
 * Keeps all that an entry imports statically in one file with it. Left alone, Rolldown takes some of it out into chunks as soon as enough lazy
 * ones share it (https://github.com/rolldown/rolldown/issues/10731), each of them a request before the engine can start.
 */
function withEntry(entry: string, group = 'entry') {
  let wanted: Set<string> | undefined
  const name = (id: string, graph: { getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null }) => {
    if (!wanted) {
      wanted = new Set([`${import.meta.dirname}/${entry}`])
      for (const one of wanted) for (const next of graph.getModuleInfo(one)?.importedIds ?? []) wanted.add(next)
    }
    return wanted.has(id) ? group : null
  }
  return { name, debugName: group }
}

/**
 * Rolldown keeps what makes a module's namespace in a file of its own, with all of its help for CommonJS, of which our chunks need nothing: one more request.
 * A chunk that takes only that from it gets it in place. There is no option for it; where a release writes it otherwise, the request stays.
 */
function namespaceInPlace(): Plugin {
  return {
    name: 'namespace-in-place',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const runtime = chunks.find(({ name }) => name === 'rolldown-runtime')
      const maker = runtime?.code.match(/(\w+)=\(\w+,\w+\)=>\{let \w+=\{\};for\(var /)?.[1]
      const exported = runtime?.code.match(new RegExp(`\\b${maker} as (\\w+)`))?.[1]
      const only = new RegExp(`import\\{${exported} as (\\w+)\\}from"\\./rolldown-runtime-[\\w-]+\\.js";`)
      const inPlace = (_: string, name: string) =>
        `let ${name}=all=>{let space={};for(let name in all)Object.defineProperty(space,name,{get:all[name],enumerable:!0});return space};`
      for (const chunk of chunks) chunk.code = chunk.code.replace(only, inPlace)
    },
  }
}

function bundle(mode: string): UserConfig {
  const { entry, format, file } = BUNDLES[mode]!
  return {
    base: './',
    publicDir: false,
    plugins: [
      kernel(),
      keepAddresses(),
      onlyCalls(),
      ...(mode === 'engine' ? [withoutPreloading(), selfContainedThreads(), compiledAtOnce(), namespaceInPlace(), copyAssets()] : []),
    ],
    build: {
      target: 'es2022',
      outDir: 'dist',
      emptyOutDir: false,
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        // The worker's lazy chunks take what they share with it from it: a chunk of its own would be one more request at every start.
        preserveEntrySignatures: mode === 'engine' ? 'allow-extension' : 'strict',
        output: {
          format,
          entryFileNames: file,
          chunkFileNames: 'chunks/[name]-[hash].js',
          ...(mode === 'engine' && {
            codeSplitting: { groups: [withEntry(entry), withEntry('worker/signals/open-signals.ts', 'open-signals')] },
          }),
        },
      },
    },
  }
}

/** The demo is built as a site would build it: from the package, which `dist/` is. */
const demo: UserConfig = {
  base: './',
  publicDir: 'demo/generated/public',
  plugins: [kernel()],
  resolve: { alias: { 'sotto/element': '/dist/element.js', 'sotto/signals': '/dist/signals.js', sotto: '/dist/index.js' } },
  build: { outDir: 'demo/generated/site', emptyOutDir: true, target: 'es2022' },
}

export default defineConfig(({ mode }) => ({
  ...(mode in BUNDLES ? bundle(mode) : demo),
  worker: { format: 'es' },
  test: {
    projects: [
      {
        extends: true,
        // The demo's own code, tested from the sources of what it is built with.
        resolve: { alias: { 'sotto/signals': '/src/signals.ts' } },
        test: {
          name: 'unit',
          // A thread starts faster than a process, and there are some two hundred files.
          pool: 'threads',
          // Beside them one browser runs the tests of the next project; more than two things at a time would starve one another.
          sequence: { groupOrder: 0 },
          ...LIMITS,
          expect: { poll: { timeout: PATIENCE.timeout } },
          include: ['test/unit/**/*.test.ts'],
          environment: 'node',
          // tfjs' modules name one another without endings, as a bundler reads them and Node does not.
          server: { deps: { inline: [/@tensorflow\/[^/]+\/dist/] } },
        },
      },
      {
        extends: true,
        // Everything a browser test may import: found late, it would make Vite reload the page in mid-test.
        optimizeDeps: {
          include: ['comlink', 'idb', 'fast-check', ...TFJS_MODULES],
        },
        test: {
          name: 'browser',
          sequence: { groupOrder: 0 },
          ...LIMITS,
          expect: { poll: PATIENCE },
          include: ['test/browser/**/*.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      // The built bundles and the demo, driven from outside by Playwright.
      {
        extends: true,
        test: {
          name: 'built',
          // They wait much: two at a time, once the others are through.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          expect: { poll: PATIENCE },
          include: ['test/built/**/*.test.ts'],
          environment: 'node',
          ...LIMITS,
          // Of whole visits.
          testTimeout: 2 * LIMITS.testTimeout,
        },
      },
    ],
  },
}))
