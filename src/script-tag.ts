import type { Sotto, SottoOptions } from './api'
import { createWith } from './create'
import { readUrl } from './options'
import { checkOneOf } from './shared/checks'
import { PageSotto } from './sotto'
import { workerStarters } from './worker-starters'

type Options = { -readonly [Name in keyof SottoOptions]: SottoOptions[Name] }
type Method = Exclude<keyof Sotto, 'namespace' | 'consent'>
type Calls = Record<Method, (...args: unknown[]) => Promise<unknown>>
/** A call made before the script was there: `sotto.push(['track', 'view_item', {…}])`, or a function that gets the global. */
type Queued = readonly [Method, ...unknown[]] | ((sotto: Calls) => void)

// Only known while the script itself runs.
const script = document.currentScript as HTMLScriptElement | null // an SVG script would have no attributes of ours
const scriptUrl = script?.src || document.baseURI
const realm = globalThis as { sotto?: unknown; sottoConfig?: Options } // the page's own globals

/** `window.sottoConfig` first (tag managers strip `data-*`), then the attributes of the tag; unknown ones are ignored. */
function readTag(): Options {
  return { ...realm.sottoConfig, ...script?.dataset } as Options // whatever it is, it is checked as any options are
}

function start(): Sotto {
  const options = readTag()
  const workerSrc = options.workerSrc && readUrl('data-worker-src', options.workerSrc, document.baseURI)
  const starters = workerStarters({ scriptUrl, workerSrc, pageOrigin: location.origin })
  return createWith(options, options.worker ? [options.worker] : starters)
}

let sotto: Sotto | undefined
let fault: unknown
try {
  sotto = start()
} catch (error) {
  // A wrong attribute must not break the page: the console says it once, and each call rejects with it.
  fault = error
  console.error(error)
}

/** Calls the method in this very task, so that what is tracked right before a navigation survives it; what it throws, rejects. */
function call(method: Method, args: readonly unknown[]): Promise<unknown> {
  try {
    if (!sotto) throw fault
    checkOneOf('sotto: method', method, methods)
    // The method checks its arguments itself, whatever the page wrote.
    return Promise.resolve((sotto[method] as (...args: readonly unknown[]) => unknown)(...args))
  } catch (error) {
    return Promise.reject(error)
  }
}

const notCallable = ['constructor', 'consent']
// What is not public on the prototype is #private, so this list is never out of date.
const methods = Object.getOwnPropertyNames(PageSotto.prototype).filter((name) => !notCallable.includes(name)) as Method[]
const calls = Object.fromEntries(methods.map((method) => [method, (...args: unknown[]) => call(method, args)])) as Calls // one entry a method

function push(...queued: readonly Queued[]): void {
  for (const entry of queued) {
    // Nobody holds the promise of a queued call, so its failure is said here; it stops neither the rest of the queue nor the page.
    const run = async () => (typeof entry === 'function' ? entry(calls) : call(entry[0], entry.slice(1)))
    run().catch(console.error)
  }
}

const queue = realm.sotto
realm.sotto = { ...calls, push }
if (Array.isArray(queue)) push(...queue)

/** Shelves are a chunk of their own: a page without one does not wait for it. */
async function defineShelves(): Promise<void> {
  const { defineShelf } = await import(/* @vite-ignore */ new URL('element.js', scriptUrl).href)
  defineShelf(sotto)
}

// Fallbacks stay where the chunk does not load.
if (sotto) defineShelves().catch(console.error)
