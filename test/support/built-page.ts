import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import type { Sotto } from '../../src/api'
import type { Failure } from '../../src/shared/errors'
import { launchOptions } from './chromium.mjs'

/** The folder that `npm run build` writes. */
export const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))

export type Method = Exclude<keyof Sotto, 'namespace' | 'consent'>

/** What the script tag makes of `window.sotto`. */
export type SottoGlobal = Record<Method, (...args: unknown[]) => Promise<unknown>> & { push(...queued: unknown[]): void }

/** The window of a page with the script tag. */
export type SottoWindow = { sotto: SottoGlobal }

export function launch(): Promise<Browser> {
  return chromium.launch(launchOptions())
}

export type ShopPage = {
  readonly attributes?: string
  readonly src?: string
  /** Before the script tag. */
  readonly head?: string
  /** After it. */
  readonly body?: string
}

/** A page with the script tag. Not `async`, unless the attributes say so, so that a script behind it finds the global. */
export function shopPage({ attributes = 'data-consent="granted"', src = '/sotto/sotto.js', head = '', body = '' }: ShopPage = {}): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
${head}<script src="${src}" ${attributes}></script>
<body>${body}</body></html>`
}

/** A page that uses the package's module; `script` sees `createSotto`. */
export function modulePage(script: string, src = '/sotto/index.js'): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">
<body><script type="module">import { createSotto } from '${src}'
window.createSotto = createSotto
${script}</script></body></html>`
}

/** Calls a method of the global on a page and gives what it resolves to. */
export async function call<M extends Method>(page: Page, method: M, ...args: readonly unknown[]): Promise<Awaited<ReturnType<Sotto[M]>>> {
  const answer = await attempt(page, method, ...args)
  if ('failure' in answer) throw new Error(`${method} rejected: ${answer.failure.code}: ${answer.failure.message}`)
  return answer.value as Awaited<ReturnType<Sotto[M]>> // the method's own type, lost on the way out of the page
}

/** The same, with a rejection as a value: the border of the page keeps only the message of an error. */
export function attempt(page: Page, method: Method, ...args: readonly unknown[]): Promise<{ value: unknown } | { failure: Failure }> {
  return page.evaluate(
    async ([name, given]) => {
      try {
        return { value: await (window as unknown as SottoWindow).sotto[name](...given) }
      } catch (error) {
        const { code, message, details } = error as Failure // what the API promises; anything else shows as undefined fields
        return { failure: { code, message, details } }
      }
    },
    [method, args] as const,
  )
}

/** Looks at an item, and at the shop's own pace: a second look within a second would be taken for the same one. */
export function view(page: Page, itemId: string) {
  return call(page, 'track', 'view_item', { items: [{ item_id: itemId }] })
}

/** Names of the origin's databases, read by the page itself. */
export function databases(page: Page): Promise<string[]> {
  return page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? '').sort())
}

/** Item ids of every stored event, oldest first. */
export async function viewedItems(page: Page): Promise<string[]> {
  const events = await call(page, 'history', { limit: 10_000 })
  return events.flatMap(({ items = [] }) => items.map(({ item_id }) => item_id)).reverse()
}
