import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { COMPUTE_FAULTS, type ComputeFault, faultyWorker } from '../support/built-compute-faults'
import { ITEMS } from '../support/built-items'
import { call, DIST, databases, launch, shopPage, view } from '../support/built-page'
import { serve } from '../support/built-server'

type Server = Awaited<ReturnType<typeof serve>>

const FAULTS = Object.keys(COMPUTE_FAULTS) as ComputeFault[] // the keys of that very object
const pathOf = (fault: ComputeFault) => `/${fault.replaceAll(' ', '-')}.js`
const CSP_WORKER = '/csp/worker.js'
const GPU_CHUNK = /\/chunks\/webgpu-index/

let browser: Browser
let server: Server
let context: BrowserContext

beforeAll(async () => {
  browser = await launch()
  const policy = { 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'" }
  server = await serve({
    roots: { '/sotto/': DIST, '/csp/': DIST },
    pages: {
      ...Object.fromEntries(FAULTS.map((fault) => [pathOf(fault), faultyWorker(fault, '/sotto/worker.js')])),
      '/catalog.json': JSON.stringify(ITEMS),
      '/': '<!doctype html><title>Shop</title>',
    },
    // Page and worker alike: a worker has the policy of its script.
    headers: (path): Readonly<Record<string, string>> => (path.startsWith('/csp/') ? policy : {}),
  })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})
afterEach(() => context.close())

type Visit = { readonly compute?: string; readonly consent?: string; readonly worker?: string; readonly from?: BrowserContext }

/** Opens the shop; the page's own policy is the worker's where that has one. */
async function open({ compute = 'auto', consent = 'granted', worker = '/sotto/worker.js', from }: Visit = {}): Promise<Page> {
  context = from ?? (await browser.newContext())
  const page = await context.newPage()
  const attributes = `data-consent="${consent}" data-catalog="/catalog.json" data-compute="${compute}" data-worker-src="${worker}"`
  const headers = worker === CSP_WORKER ? { 'content-security-policy': "script-src 'self'; worker-src 'self'" } : {}
  await page.route(`${server.origin}/shop`, (route) => route.fulfill({ contentType: 'text/html', body: shopPage({ attributes }), headers }))
  await page.goto(`${server.origin}/shop`)
  return page
}

/** What three shelves hold, and by whom they were scored. */
async function shelvesOf(page: Page) {
  const shelves = []
  for (const request of [{ strategy: 'for-you' }, { strategy: 'similar', itemId: 'lamps-0' }, { strategy: 'search', query: 'ring binder' }])
    shelves.push(await call(page, 'recommend', { limit: 12, ...request }))
  return {
    backends: [...new Set(shelves.map(({ backend }) => backend))],
    // Visitors who look at things at another pace weigh them a little differently. Bit for bit is the conformance suite's to show.
    scores: shelves.map(({ items }) => items.map(({ id, score }) => ({ id, score: Math.round(score * 1e4) }))),
  }
}

/** The GPU that was asked for answers, from some moment on: nobody waits for it. */
async function onGpu(page: Page): Promise<void> {
  await call(page, 'recommend', { strategy: 'similar', itemId: 'lamps-0', limit: 3 })
  await expect.poll(async () => (await call(page, 'status')).compute.backend).toBe('webgpu')
}

/** The GPU that was asked for could not be had. */
async function offGpu(page: Page): Promise<void> {
  await call(page, 'recommend', { strategy: 'similar', itemId: 'lamps-0', limit: 3 })
  await expect.poll(async () => (await call(page, 'status')).compute.steps.length).toBeGreaterThan(0)
}

async function look(page: Page): Promise<void> {
  for (const id of ['chairs-0', 'chairs-1', 'chairs-2']) await view(page, id)
}

const ids = (scores: readonly (readonly { readonly id: string }[])[]) => scores.map((shelf) => shelf.map(({ id }) => id))

describe('who scores, as built', () => {
  /** The ranking by plain JavaScript, which every other must be. */
  let expected: string[][]
  beforeAll(async () => {
    const page = await open({ compute: 'js' })
    await look(page)
    const { scores, backends } = await shelvesOf(page)
    expect(backends).toEqual(['js'])
    expected = ids(scores)
    await context.close()
  })

  test.each([
    ['js', 'js', undefined],
    ['wasm', 'wasm', 'relaxed-simd'],
    ['webgpu', 'webgpu', undefined],
    ['auto', 'wasm', 'relaxed-simd'],
  ] as const)('%s scores by %s, and everybody ranks alike', async (compute, backend, variant) => {
    const before = server.requests.length
    const page = await open({ compute })
    await look(page)
    if (backend === 'webgpu') await onGpu(page)
    const { scores, backends } = await shelvesOf(page)
    expect(backends).toEqual([backend])
    expect(ids(scores)).toEqual(expected)
    const { compute: status } = await call(page, 'status')
    expect(status).toMatchObject({ requested: compute, backend, steps: [], tensors: { backend: 'none' } })
    expect(status.variant).toBe(variant)
    // A software adapter: good for correctness, never for time.
    if (backend === 'webgpu') console.log(`scored on ${status.adapter}`)
    expect(status.adapter ?? '').toMatch(backend === 'webgpu' ? /\w/ : /^$/)
    const chunks = server.requests.slice(before).filter(({ url }) => GPU_CHUNK.test(url))
    expect(chunks).toHaveLength(backend === 'webgpu' ? 1 : 0)
  })

  test.each<[ComputeFault, compute: string, backend: string, variant: string | undefined, reason: RegExp]>([
    ['nothing', 'auto', 'wasm', 'relaxed-simd', /./],
    ['no relaxed SIMD', 'auto', 'wasm', 'simd', /./],
    ['no WebAssembly', 'auto', 'js', undefined, /WebAssembly/],
    ['no SIMD', 'auto', 'js', undefined, /SIMD/i],
    ['no memory for WebAssembly', 'auto', 'js', undefined, /memory/],
    ['no memory for WebAssembly', 'wasm', 'js', undefined, /memory/],
    ['no WebGPU', 'webgpu', 'wasm', 'relaxed-simd', /no WebGPU/],
    ['no adapter', 'webgpu', 'wasm', 'relaxed-simd', /no adapter/],
    ['no device', 'webgpu', 'wasm', 'relaxed-simd', /not today/],
    ['no memory on the GPU', 'webgpu', 'wasm', 'relaxed-simd', /memory/],
  ])('%s: %s ends at %s', async (fault, compute, backend, variant, reason) => {
    const page = await open({ compute, worker: pathOf(fault) })
    await look(page)
    if (compute === 'webgpu') await offGpu(page)
    const { scores, backends } = await shelvesOf(page)
    expect(backends).toEqual([backend])
    expect(ids(scores)).toEqual(expected)
    const { compute: status } = await call(page, 'status')
    expect(status).toMatchObject({ requested: compute, backend, reason: expect.stringMatching(reason) })
    expect(status.variant).toBe(variant)
    const wanted = compute === 'auto' ? 'wasm' : compute
    expect(status.steps).toEqual(backend === wanted ? [] : [{ from: wanted, to: backend, reason: expect.stringMatching(reason) }])
  })

  test("a policy without 'wasm-unsafe-eval' leaves plain JavaScript, and status() says so", async () => {
    const page = await open({ compute: 'auto', worker: CSP_WORKER })
    await look(page)
    const { scores, backends } = await shelvesOf(page)
    expect(backends).toEqual(['js'])
    expect(ids(scores)).toEqual(expected)
    const reason = expect.stringMatching(/allow 'wasm-unsafe-eval'$/)
    expect((await call(page, 'status')).compute).toMatchObject({ backend: 'js', reason, steps: [{ from: 'wasm', to: 'js', reason }] })
    // And once it was measured.
    await expect.poll(async () => (await call(page, 'status')).compute.calibration).toBeDefined()
    expect((await call(page, 'status')).compute).toMatchObject({ reason: expect.stringMatching(/^one query .+ allow 'wasm-unsafe-eval'$/) })
  })

  test('a GPU whose code does not load steps down', async () => {
    context = await browser.newContext()
    await context.route(GPU_CHUNK, (route) => route.abort())
    const page = await open({ compute: 'webgpu', from: context })
    await look(page)
    await offGpu(page)
    expect(ids((await shelvesOf(page)).scores)).toEqual(expected)
    const { compute: status } = await call(page, 'status')
    expect(status).toMatchObject({ backend: 'wasm', steps: [{ from: 'webgpu', to: 'wasm' }] })
    expect(status.reason).toMatch(/\w/)
  })

  test.each<[ComputeFault, RegExp]>([
    ['GPU lost in mid-request', /./],
    ['validation error in mid-request', /workgroup|dispatch/i],
  ])('%s: the request is finished by WebAssembly, and so is everything after it', async (fault, reason) => {
    const page = await open({ compute: 'webgpu', worker: pathOf(fault) })
    await look(page)
    await onGpu(page)
    const before = await shelvesOf(page)
    expect(before.backends).toEqual(['webgpu'])
    expect((await call(page, 'status')).compute.steps).toEqual([])
    await page.evaluate(() => new BroadcastChannel('break').postMessage(0))
    // The word travels by another way than requests do. Whichever of them it meets: none may show what a lost device gives.
    const rounds: Awaited<ReturnType<typeof shelvesOf>>[] = []
    await expect.poll(async () => rounds[rounds.push(await shelvesOf(page)) - 1]!.backends).toEqual(['wasm'])
    for (const { scores } of rounds) expect(ids(scores)).toEqual(expected)
    const { compute: status } = await call(page, 'status')
    expect(status).toMatchObject({ requested: 'webgpu', backend: 'wasm', variant: 'relaxed-simd', reason: expect.stringMatching(reason) })
    expect(status.steps).toEqual([{ from: 'webgpu', to: 'wasm', reason: status.reason }])
    expect(status.adapter).toBeUndefined()
  })
})

describe('what scoring costs here', () => {
  async function calibrated(page: Page) {
    await call(page, 'recommend', { strategy: 'similar', itemId: 'lamps-0', limit: 3 })
    await expect.poll(async () => (await call(page, 'status')).compute.calibration).toBeDefined()
    return (await call(page, 'status')).compute.calibration!
  }

  test('is measured when nothing else is to be done, over the visitor’s own catalog, and tfjs and GPU stay where they are', async () => {
    const before = server.requests.length
    const page = await open()
    await page.evaluate(() => {
      const heard: string[] = []
      Object.assign(window, { heard })
      return (window as unknown as { sotto: { on(kind: string, hear: (change: { kind: string }) => void): void } }).sotto.on(
        'change',
        ({ kind }) => heard.push(kind),
      )
    })
    const calibration = await calibrated(page)
    expect(calibration).toMatchObject({ items: ITEMS.length, dim: 128 })
    expect(calibration.rows.map(({ backend }) => backend).sort()).toEqual(['js', 'wasm', 'webgpu'])
    const times = calibration.rows.flatMap(({ ms }) => (ms === undefined ? [] : [ms]))
    expect(times).toHaveLength(2)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(calibration.rows.at(-1)).toMatchObject({ backend: 'webgpu', note: expect.stringMatching(/./) })
    expect((await call(page, 'status')).compute.reason).toMatch(/^one query over 36 × 128: /)
    await expect.poll(() => page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toContain('compute')
    const loaded = server.requests
      .slice(before)
      .filter(({ url }) =>
        /tfjs|chunks\/(?!tune-index|adapter|from-source|save-catalog|strategies|choose-learned|index-or-throw|pack-version)/.test(url),
      )
    expect(loaded).toEqual([])
  })

  test('is remembered by later pages, and forgotten with everything else', async () => {
    const first = await calibrated(await open())
    expect((await calibrated(await open({ from: context }))).measuredAt).toBe(first.measuredAt)
    const page = await open({ from: context })
    await calibrated(page)
    const proof = await call(page, 'forget')
    expect(proof.databases).toEqual([])
    for (const other of context.pages().filter((candidate) => candidate !== page)) await other.close()
    expect((await calibrated(await open({ from: context }))).measuredAt).toBeGreaterThan(first.measuredAt)
  })

  test.each([
    ['forget', []],
    ['setConsent', ['denied']],
  ] as const)('is not written behind the back of %s', async (method, given) => {
    const page = await open()
    await call(page, 'recommend', { strategy: 'similar', itemId: 'lamps-0', limit: 3 })
    await call(page, method, ...given)
    // Measured only now, at the first idle moment.
    await expect.poll(async () => (await call(page, 'status')).compute.calibration).toBeDefined()
    expect((await databases(page)).filter((name) => name.endsWith(':catalog'))).toEqual([])
  })

  test('is kept by nobody who may only remember this document', async () => {
    const page = await open({ consent: 'session' })
    const first = await calibrated(page)
    expect(await databases(page)).toEqual([])
    expect((await calibrated(await open({ consent: 'session', from: context }))).measuredAt).toBeGreaterThan(first.measuredAt)
  })

  test.each(['js', 'wasm', 'webgpu'])('is nobody’s question where %s is forced', async (compute) => {
    const page = await open({ compute })
    const other = await open({ from: context })
    await call(page, 'recommend', { strategy: 'similar', itemId: 'lamps-0', limit: 3 })
    // By the time another page has measured, this one would have.
    await calibrated(other)
    expect((await call(page, 'status')).compute.calibration).toBeUndefined()
  })
})
