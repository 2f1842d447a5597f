import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { countKind, ITEMS } from '../support/built-items'
import { attempt, call, DIST, launch, modulePage, shopPage, view } from '../support/built-page'
import { type SeenRequest, serve } from '../support/built-server'

type Server = Awaited<ReturnType<typeof serve>>

let browser: Browser
let cdn: Server
let site: Server
let page: Page

beforeAll(async () => {
  browser = await launch()
  // An origin of its own that serves the build to everybody, as a CDN does.
  cdn = await serve({ roots: { '/v1/': DIST }, headers: { 'access-control-allow-origin': '*' } })
})
afterAll(async () => {
  await browser.close()
  await cdn.close()
})
afterEach(async () => {
  await page.context().close()
  await site.close()
})

/** Directives that hold for every page here: nothing is allowed that the test does not name. */
const base = "default-src 'none'; report-uri /refused; style-src 'self'; img-src data:"

/** Opens the shop's page under a policy, which its own copy of the build is served with too: a worker has the policy of its script. */
async function open(html: string, policy: string) {
  site = await serve({
    roots: { '/own/': DIST },
    pages: { '/': html, '/catalog.json': JSON.stringify(ITEMS) },
    headers: { 'content-security-policy': `${base}; ${policy}` },
  })
  page = await (await browser.newContext()).newPage()
  await page.goto(site.origin)
}

const reports = (): readonly SeenRequest[] => site.requests.filter(({ url }) => url === '/refused')

/** What a site wants of it all: remembered, scored, found by text. The last needs the text encoder, which the worker loads lazily. */
async function expectItWorks() {
  await view(page, 'lamps-0')
  await view(page, 'lamps-1')
  const forYou = await call(page, 'recommend', { strategy: 'for-you', limit: 2 })
  expect(
    countKind(
      forYou.items.map(({ id }) => id),
      'Lamps',
    ),
  ).toBe(2)
  const found = await call(page, 'recommend', { strategy: 'search', query: 'printer', limit: 3 })
  expect(
    countKind(
      found.items.map(({ id }) => id),
      'Printers',
    ),
  ).toBe(3)
  expect((await call(page, 'status')).encoder).toBe('loaded')
  await page.waitForSelector('sotto-shelf >> li')
}

const shelf = '<sotto-shelf limit="4">Fallback</sotto-shelf>'
const granted = 'data-catalog="/catalog.json" data-consent="granted"'

describe('the script from another origin', () => {
  const fromCdn = (more = '') => shopPage({ src: `${cdn.origin}/v1/sotto.js`, attributes: `async ${granted} ${more}`, body: shelf })
  const cdnMay = () => `script-src 'self' 'wasm-unsafe-eval' ${cdn.origin}; connect-src 'self' ${cdn.origin}`
  const isReady = () => page.waitForFunction(() => 'sotto' in window)

  test('runs in a blob worker, with its lazy files, where the policy allows blob:', async () => {
    await open(fromCdn(), `${cdnMay()}; worker-src blob:`)
    await isReady()
    await expectItWorks()
    expect(page.workers()[0]!.url()).toMatch(/^blob:/)
    expect(cdn.requests.map(({ url }) => url)).toEqual(expect.arrayContaining(['/v1/worker.js', '/v1/text-encoder/model.safetensors.gz']))
    expect(reports()).toEqual([])
  })

  test("runs in the site's own copy of the worker where it does not, by data-worker-src", async () => {
    await open(fromCdn('data-worker-src="/own/worker.js"'), `${cdnMay()}; worker-src 'self'`)
    await isReady()
    await expectItWorks()
    expect(page.workers()[0]!.url()).toBe(`${site.origin}/own/worker.js`)
    expect(reports()).toEqual([])
  })

  test('with neither, the fallback stays and status() says why', async () => {
    await open(fromCdn(), `${cdnMay()}; worker-src 'self'`)
    await isReady()
    await expect.poll(async () => (await call(page, 'status')).worker.state).toBe('failed')
    const { worker } = await call(page, 'status')
    expect(worker.fault).toMatchObject({ code: 'worker-failed', message: expect.stringContaining('CSP') })
    expect(await attempt(page, 'recommend', { strategy: 'for-you' })).toMatchObject({ failure: { code: 'worker-failed' } })
    expect(await call(page, 'rank', ['chairs-1', 'lamps-1'])).toEqual(['chairs-1', 'lamps-1'])
    expect(await page.locator('sotto-shelf').textContent()).toBe('Fallback')
    // The ear works: what the other tests found silent is heard here.
    await expect.poll(() => reports().length).toBeGreaterThan(0)
  })
})

describe('the script from the site itself', () => {
  const own = shopPage({ src: '/own/sotto.js', attributes: granted, body: shelf })

  test("scores in plain JavaScript where the policy lacks 'wasm-unsafe-eval', and breaches it no more than once", async () => {
    await open(own, "script-src 'self'; connect-src 'self'; worker-src 'self'")
    await expectItWorks()
    const { compute } = await call(page, 'status')
    expect(compute).toMatchObject({
      backend: 'js',
      steps: [{ from: 'wasm', to: 'js', reason: expect.stringMatching(/WebAssembly cannot score/) }],
    })
    await expect.poll(reports).toHaveLength(1)
    expect(reports()[0]!.body).toMatch(/wasm-eval/)
  })

  test("needs nothing but 'self', on page and worker", async () => {
    await open(own, "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'")
    await expectItWorks()
    expect(page.workers()[0]!.url()).toBe(`${site.origin}/own/worker.js`)
    expect(reports()).toEqual([])
  })

  test('passes Trusted Types where its policy is named', async () => {
    await open(
      own,
      "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types sotto",
    )
    await expectItWorks()
    expect(reports()).toEqual([])
  })

  test('twice on a page with Trusted Types still is one Sotto that works', async () => {
    const twice = own.replace('</body>', '<script src="/own/sotto.js" data-consent="granted"></script></body>')
    await open(
      twice,
      "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types sotto",
    )
    await expectItWorks()
    expect(page.workers()).toHaveLength(1)
  })

  test('where Trusted Types do not name it, the fallback stays and status() says why', async () => {
    await open(
      own,
      "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types other",
    )
    await call(page, 'track', 'page_view')
    await expect
      .poll(async () => (await call(page, 'status')).worker)
      .toMatchObject({ state: 'failed', fault: { code: 'worker-failed', message: expect.stringMatching(/polic.*CSP/i) } })
    expect(await page.locator('sotto-shelf').textContent()).toBe('Fallback')
  })

  test('with Trusted Types, from another origin too', async () => {
    const html = shopPage({ src: `${cdn.origin}/v1/sotto.js`, attributes: granted, body: shelf })
    const may = `script-src 'self' 'wasm-unsafe-eval' ${cdn.origin}; connect-src 'self' ${cdn.origin}; worker-src blob:`
    await open(html, `${may}; require-trusted-types-for 'script'; trusted-types sotto`)
    await expectItWorks()
    expect(reports()).toEqual([])
  })
})

test('the package needs nothing but its own origin either', async () => {
  const nonce = '4f9c2b'
  const html = modulePage(`window.sotto = await createSotto({ catalog: '/catalog.json', consent: 'granted' })`, '/own/index.js')
  await open(
    html.replace('<script ', `<script nonce="${nonce}" `),
    `script-src 'self' 'wasm-unsafe-eval' 'nonce-${nonce}'; connect-src 'self'; worker-src 'self'`,
  )
  await page.waitForFunction(() => 'sotto' in window)
  const { items } = await call(page, 'recommend', { strategy: 'search', query: 'envelope', limit: 3 })
  expect(
    countKind(
      items.map(({ id }) => id),
      'Envelopes',
    ),
  ).toBe(3)
  expect(reports()).toEqual([])
})
