import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { serve } from '../../test/support/built-server'
import { tracedTasks, traceTasks } from '../../test/support/traced-tasks'
import { type Report, report } from '../support/report'
import { spread } from '../support/spread'
import { startVisitor } from '../support/visitor'

const ROOT = join(import.meta.dirname, '../..')
/** What signals may add to a page visit in which nothing is due: milliseconds of the worker's own time. */
const BUDGET_MS = 2
const PAGE = '<!doctype html><title>A shop</title>'
const PLAN = { sottoPlan: 1, purpose: 'A bench.', firstSession: 0, metrics: [{ name: 'funnel', counts: 'funnel' }] }

/**
 * What signals cost a page visit in which nothing is due: their code is loaded, from the browser's cache, and one small record read. Counted is the time
 * that the worker's thread was at work for it, as the browser traces it; the time until it is done is mostly waiting for the disk.
 * @throws Error where the visit is not one in which nothing is due.
 */
export async function signalsVisit({ rounds = 31 }: { readonly rounds?: number } = {}): Promise<Report> {
  const chunk = `/dist/chunks/${readdirSync(join(ROOT, 'dist/chunks')).find((name) => name.startsWith('open-signals-'))}`
  const server = await serve({
    roots: { '/dist/': join(ROOT, 'dist'), '/bench/': import.meta.dirname },
    pages: { '/': PAGE, '/v1/plan.json': JSON.stringify(PLAN) },
    headers: { 'cache-control': 'max-age=3600' },
  })
  const visitor = await startVisitor(`${server.origin}/`)
  try {
    const first = await visitor.visit((page) => runWorker(page, chunk, true))
    if (first.state !== 'on') throw new Error(`the first visit found the plan ${first.state}`)
    const work: number[] = []
    const whole: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const from = server.requests.length
      await visitor.visit(async (page, context) => {
        const browser = context.browser()
        if (!browser) throw new Error('a browser without a name cannot be traced')
        await traceTasks(browser, page)
        whole.push((await runWorker(page, chunk, false)).ms)
        work.push((await tracedTasks(browser, 'signals-begin', 'signals-end')).reduce((sum, ms) => sum + ms, 0))
      })
      const asked = server.requests.slice(from).filter(({ url }) => url.startsWith('/v1/'))
      if (asked.length > 0) throw new Error(`a visit in which nothing is due asked for ${asked[0]!.url}`)
    }
    work.shift()
    whole.shift()
    const ours = spread(work)
    return report({
      name: 'signals-visit',
      sizes: { 'record read': 1 },
      rounds,
      browser: visitor.browser,
      figures: [
        { name: "the worker's time", unit: 'ms', ...ours },
        { name: 'until it is done', unit: 'ms', ...spread(whole) },
      ],
      demands: [
        {
          compares: `the worker's time in a visit with nothing due, to ${BUDGET_MS} ms`,
          ratio: ours.median / BUDGET_MS,
          budget: { atMost: 1 },
        },
      ],
      faults: [],
    })
  } finally {
    await visitor.close()
    await server.close()
  }
}

function runWorker(page: Page, chunk: string, isFirst: boolean): Promise<{ readonly ms: number; readonly state?: string }> {
  return page.evaluate(
    (order) =>
      new Promise((resolve, reject) => {
        const worker = new Worker('/bench/visit-worker.js', { type: 'module' })
        worker.onmessage = ({ data }) => {
          worker.terminate()
          resolve(data)
        }
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.postMessage(order)
      }),
    { chunk, isFirst },
  )
}
