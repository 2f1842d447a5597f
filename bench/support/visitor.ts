import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright'
import { wholeBrowserOptions } from '../../test/support/chromium.mjs'

/** A visitor's browser with a disk of its own: Playwright's usual contexts keep IndexedDB in memory, which is not what visitors have. */
export type Visitor = {
  readonly browser: string
  /** Opens a page as a visit would, runs `work` in it, and closes it. */
  visit<T>(work: (page: Page, context: BrowserContext) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * Starts Chromium.
 * @param url of the page that every visit opens.
 * @param gpu `none`: no GPU, as its software stand-in must never be timed. `any`: the machine's own, else the stand-in, which whoever asks
 *   for it must know not to time.
 */
export async function startVisitor(url: string, { gpu = 'none' }: { readonly gpu?: 'none' | 'any' } = {}): Promise<Visitor> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-bench-'))
  const { args = [], ...options } = wholeBrowserOptions()
  // Tests ask for the stand-in by name, even where there is a real one.
  const unwanted = gpu === 'none' ? /webgpu/ : /use-webgpu-adapter/
  const context = await chromium.launchPersistentContext(folder, { ...options, args: args.filter((argument) => !unwanted.test(argument)) })
  return {
    browser: context.browser()?.version() ?? 'unknown',
    async visit(work) {
      const page = await context.newPage()
      try {
        await page.goto(url)
        return await work(page, context)
      } finally {
        await page.close()
      }
    },
    async close() {
      await context.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
