import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ComputeChoice, TensorStatus } from '../../src/shared/status'
import { DIST, launch } from '../support/built-page'
import { serve } from '../support/built-server'
import { mlp } from '../support/models/mlp'
import { referenceRun, worst } from '../support/tensor-gradients'
import { drawRows } from '../support/tensor-rows'
import { TOLERANCES } from '../support/tensor-tolerance'

const ROOT = join(import.meta.dirname, '../..')
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'cross-origin',
}

let browser: Browser
let built: string
let expected: number[]

beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'sotto-tensors-'))
  // The product's own settings for its worker, with another entry.
  await build({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    mode: 'engine',
    logLevel: 'warn',
    build: { outDir: built, rolldownOptions: { input: 'test/support/tensor-worker.ts' } },
  })
  browser = await launch()
  const model = mlp({ features: 40, hidden: [64, 40] })
  expected = referenceRun(model, drawRows(model, 40, 3), 40)[0]!
}, 120_000)
afterAll(async () => {
  await browser?.close()
  if (built) rmSync(built, { recursive: true })
})

type Answer = { found: number[]; status: TensorStatus; isolated: boolean; thrown?: string }
type Setting = {
  headers?: Record<string, string>
  /** Sent with the worker's files alone. */
  workerHeaders?: Record<string, string>
  /** Where the build lies. */
  path?: string
  isFromElsewhere?: boolean
}

/** Runs the model once in a worker of a fresh page. @returns its answer, and the addresses it fetched. */
async function run(choice: ComputeChoice, { headers = {}, workerHeaders = {}, path = '/sotto/', isFromElsewhere = false }: Setting = {}) {
  const roots = { [path]: built, [`${path}tfjs/`]: join(DIST, 'tfjs') }
  const files = await serve({ roots, headers: { 'access-control-allow-origin': '*', ...headers, ...workerHeaders } })
  const address = isFromElsewhere ? `${files.origin}${path}engine.js` : `${path}engine.js`
  // As the script tag does it: a module of another origin is imported by a worker of this one.
  const start = isFromElsewhere
    ? `new Worker(URL.createObjectURL(new Blob(["const early = []; onmessage = ({ data }) => early.push(data);
         import('${address}').then(() => early.forEach((data) => dispatchEvent(new MessageEvent('message', { data }))))"])))`
    : `new Worker('${address}', { type: 'module' })`
  const html = `<!doctype html><script>
    window.answer = new Promise((resolve) => {
      const worker = ${start.replaceAll('\n', ' ')}
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => resolve({ thrown: 'the worker failed: ' + message })
      worker.postMessage('${choice}')
    })
  </script>`
  const site = await serve({ roots, pages: { '/': html }, headers: (url) => (url === '/' ? headers : { ...headers, ...workerHeaders }) })
  const page = await (await browser.newContext()).newPage()
  await page.goto(site.origin)
  const answer = await page.evaluate(() => (window as unknown as { answer: Promise<Answer> }).answer)
  const fetched = (isFromElsewhere ? files : site).requests.map(({ url }) => url)
  await page.context().close()
  await site.close()
  await files.close()
  if (answer.thrown) throw new Error(answer.thrown)
  expect(worst(answer.found, expected, TOLERANCES[choice === 'webgpu' ? 'webgpu' : 'wasm'])).toBeLessThan(1)
  return { ...answer, fetched }
}

const binaries = (fetched: string[]) => fetched.filter((url) => url.endsWith('.wasm'))
const chunks = (fetched: string[], name: string) => fetched.filter((url) => url.includes(`/chunks/${name}`))

describe('models in a worker, as built', () => {
  test('only the chosen backend is loaded, and one binary', async () => {
    const js = await run('js')
    expect(js.status).toMatchObject({ backend: 'cpu', steps: [] })
    expect(chunks(js.fetched, 'cpu-backend')).toHaveLength(1)
    expect([...chunks(js.fetched, 'wasm-backend'), ...chunks(js.fetched, 'webgpu-backend'), ...binaries(js.fetched)]).toEqual([])
    const wasm = await run('wasm')
    expect(wasm.status.backend).toBe('wasm')
    expect(binaries(wasm.fetched)).toEqual(['/sotto/tfjs/tfjs-backend-wasm-simd.wasm'])
    expect([...chunks(wasm.fetched, 'cpu-backend'), ...chunks(wasm.fetched, 'webgpu-backend')]).toEqual([])
    const gpu = await run('webgpu')
    console.log(`WebGPU adapter: ${gpu.status.adapter}`)
    expect(gpu.status).toMatchObject({ backend: 'webgpu', steps: [] })
    expect([...chunks(gpu.fetched, 'cpu-backend'), ...chunks(gpu.fetched, 'wasm-backend'), ...binaries(gpu.fetched)]).toEqual([])
  })

  // tfjs 4.22 ships a binary for threads that starts none (https://github.com/tensorflow/tfjs/issues/8513). It runs, without errors, and that
  // it starts none is noticed: a release that does start some will fail here, and these two tests can then expect them.
  test('threads are tried where the page is cross-origin isolated, and not kept where there are none', async () => {
    const { isolated, status, fetched } = await run('wasm', { headers: ISOLATED })
    expect(isolated).toBe(true)
    expect(status).toMatchObject({ backend: 'wasm', threads: 1, reason: expect.stringContaining('SIMD') })
    expect(status.steps).toEqual([{ from: 'wasm', to: 'wasm', reason: "tfjs' binary with threads started none" }])
    expect(binaries(fetched)).toEqual(['threaded-simd', 'simd'].map((kind) => `/sotto/tfjs/tfjs-backend-wasm-${kind}.wasm`))
  })

  test('one thread without SharedArrayBuffer, and says so', async () => {
    const { isolated, status } = await run('wasm')
    expect(isolated).toBe(false)
    expect(status).toMatchObject({ backend: 'wasm', threads: 1, reason: expect.stringContaining('not cross-origin isolated') })
    expect(status.steps).toEqual([{ from: 'wasm', to: 'wasm', reason: expect.stringContaining('not cross-origin isolated') }])
  })

  test('one thread where a policy forbids workers from blobs', async () => {
    const policy = { 'content-security-policy': "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'" }
    const { isolated, status } = await run('wasm', { headers: ISOLATED, workerHeaders: policy })
    expect(isolated).toBe(true)
    expect(status).toMatchObject({ backend: 'wasm', threads: 1 })
    expect(status.steps).toEqual([{ from: 'wasm', to: 'wasm', reason: expect.stringContaining('blob') }])
  })

  test('plain JavaScript where a policy forbids WebAssembly', async () => {
    const { status, fetched } = await run('wasm', { workerHeaders: { 'content-security-policy': "script-src 'self'" } })
    expect(status.backend).toBe('cpu')
    expect(status.steps).toEqual([
      { from: 'wasm', to: 'cpu', reason: expect.stringMatching(/refused.*(unsafe-eval|Content Security Policy)/) },
    ])
    expect(binaries(fetched)).toEqual([])
  })

  test('under a path of its own', async () => {
    const { status, fetched } = await run('wasm', { path: '/a/deep/path/' })
    expect(status.backend).toBe('wasm')
    expect(binaries(fetched)).toEqual(['/a/deep/path/tfjs/tfjs-backend-wasm-simd.wasm'])
  })

  test('from another origin, where threads are tried too', async () => {
    const plain = await run('wasm', { isFromElsewhere: true })
    expect(plain.status.backend).toBe('wasm')
    expect(binaries(plain.fetched)).toHaveLength(1)
    const threaded = await run('wasm', { isFromElsewhere: true, headers: ISOLATED })
    expect(threaded.status.steps).toMatchObject([{ reason: "tfjs' binary with threads started none" }])
    expect(binaries(threaded.fetched)).toHaveLength(2)
  })
})
