import { chromium } from 'playwright'
import { bundleWorkers } from '../../bench/support/bundle-workers'
import { wholeBrowserOptions } from '../support/chromium.mjs'
import type { DeviceAudit } from './device/device-audits'
import type { Audit, Finding } from './finding'

/** Local pages count as safe ones: they have Web Locks and hash plans. Nothing listens there: what is asked is answered here. */
const ORIGIN = 'http://localhost:1'

/** Runs an audit of the device in a browser of its own, which is thrown away with all that it kept. */
export function inChromium(name: DeviceAudit): Audit {
  return async (thoroughness) => {
    const files = await bundleWorkers({ page: 'test/audit/device/page.ts' })
    const browser = await chromium.launch(wholeBrowserOptions())
    try {
      const page = await browser.newPage()
      await page.route('**/*', (route) => {
        const { pathname } = new URL(route.request().url())
        const file = files[pathname]
        if (pathname === '/')
          return route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/workers/page.js"></script>' })
        if (file === undefined) return route.fulfill({ status: 404 })
        return route.fulfill({ contentType: 'text/javascript', body: typeof file === 'string' ? file : Buffer.from(file) })
      })
      await page.goto(ORIGIN)
      await page.waitForFunction(() => 'auditDevice' in globalThis)
      return await page.evaluate(
        ([asked, length]) =>
          // Set by the page's script, which has just been waited for.
          (globalThis as unknown as { auditDevice: (name: string, thoroughness: string) => Promise<readonly Finding[]> }).auditDevice(
            asked,
            length,
          ),
        [name, thoroughness] as const,
      )
    } finally {
      await browser.close()
    }
  }
}
