import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { COLLECTOR_PATHS } from '../../demo/signals/collector-file'
import { serve } from './built-server'
import { launchOptions } from './chromium.mjs'

const SITE = fileURLToPath(new URL('../../demo/generated/site', import.meta.url))

/**
 * Strict on purpose: a shop that runs under it makes no request elsewhere, and neither SDK nor shop needs inline scripts or styles.
 * The shop's own icon in the tab is a `data:` image.
 */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'"

/** A visitor of the demo shop, in a browser profile of their own. */
export type Visit = {
  readonly page: Page
  readonly context: BrowserContext
  /** How many requests the server had got before. */
  readonly from: number
  /** What the console said (errors and warnings), what broke, and what tried to leave for another origin. */
  readonly complaints: string[]
}

export type DemoServer = {
  readonly origin: string
  /** Every request as the server got it, whoever made it. */
  readonly requests: Awaited<ReturnType<typeof serve>>['requests']
  /** Opens a new profile at the front page and waits until the shop is drawn. */
  readonly visit: (options?: { readonly width?: number; readonly scheme?: 'light' | 'dark' }) => Promise<Visit>
  readonly close: () => Promise<void>
}

/**
 * Serves the built demo and starts a browser. Fails where the demo was not built.
 * @param collectors where collectors answer that the shop is to have beside it; default: it has none.
 */
export async function startDemo(collectors?: string): Promise<DemoServer> {
  if (!existsSync(`${SITE}/index.html`)) throw new Error(`${SITE} holds no demo; run \`npm start\` or \`npm test\` once, they build it`)
  // Many a server varies its answers by origin, Vite's own among them: what is kept of them must still be found.
  const others = collectors === undefined ? {} : Object.fromEntries(COLLECTOR_PATHS.map((path) => [path, collectors]))
  const server = await serve({ roots: { '/': SITE }, others, headers: { 'content-security-policy': POLICY, vary: 'Origin' } })
  // Service workers and crypto.randomUUID need a secure context, which this machine's own addresses are.
  const browser = await chromium.launch(launchOptions())
  const visit: DemoServer['visit'] = async ({ width = 1280, scheme = 'light' } = {}) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, acceptDownloads: true })
    const complaints: string[] = []
    const from = server.requests.length
    context.on('request', (request) => {
      const url = new URL(request.url())
      if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== server.origin) complaints.push(`off-origin request to ${url.origin}`)
    })
    const page = await context.newPage()
    page.on('websocket', (socket) => complaints.push(`socket to ${socket.url()}`))
    page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`))
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`)
    })
    await page.goto(`${server.origin}/`)
    await page.waitForSelector('.hero')
    return { page, context, from, complaints }
  }
  return {
    origin: server.origin,
    requests: server.requests,
    visit,
    close: async () => {
      await browser.close()
      await server.close()
    },
  }
}
