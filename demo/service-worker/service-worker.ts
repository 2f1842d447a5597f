/// <reference lib="webworker" />
/**
 * Sees every request of the shop's pages and of their workers, tells the pages of each, and refuses all of them while the visitor has
 * switched the network off. What it once fetched it keeps, so that the shop goes on offline. One thing it never refuses: what the shop
 * cannot open without, where that is not kept here. The switch stands in the shop, so a shop that does not open could not be switched on.
 */
import { COLLECTOR_PATH, SIMULATION_PATH } from '../signals/collector-file'

declare const self: ServiceWorkerGlobalScope

const FILES = 'quire-files'
/** Servers vary answers by `Origin`, which a script is asked for with and a file kept beforehand without; the shop's are all the same. */
const AS_KEPT: CacheQueryOptions = { ignoreVary: true }
/** In the cache, because a browser stops a service worker whenever it is idle: a variable would forget the switch. */
const OFFLINE_MARK = new URL('offline-mark', self.registration.scope).href

self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('message', (event) => {
  const data: unknown = event.data
  if (!isOfflineSwitch(data)) return
  const answer = async () => {
    if (data.offline) await keep(data.files)
    await setOffline(data.offline)
    event.ports[0]?.postMessage({ offline: data.offline })
  }
  event.waitUntil(answer())
})

self.addEventListener('fetch', (event) => event.respondWith(serve(event)))

async function serve(event: FetchEvent): Promise<Response> {
  const { request } = event
  const cache = await caches.open(FILES)
  const isOffline = (await cache.match(OFFLINE_MARK)) !== undefined
  const kept = isOffline ? await cache.match(request, AS_KEPT) : undefined
  const isRefused = isOffline && !kept && !isNeededToOpen(request)
  event.waitUntil(report(event, kept ? 'kept' : isRefused ? 'refused' : 'network'))
  if (isRefused) return Response.error()
  if (kept) return kept
  try {
    const response = await fetch(request)
    if (isOwnFile(request) && !isCollected(request) && response.status === 200) event.waitUntil(cache.put(request, response.clone()))
    // The page that was kept asks for what is there no more: it is of an older version, so the next load begins afresh.
    else if (isOffline && request.mode !== 'navigate' && response.status === 404) event.waitUntil(caches.delete(FILES))
    return response
  } catch (thrown) {
    const last = await cache.match(request, AS_KEPT)
    if (last) return last
    throw thrown
  }
}

function isOwnFile({ method, url }: Request): boolean {
  return method === 'GET' && new URL(url).origin === self.location.origin
}

/** What collectors say is of the moment, and nothing without them. */
const COLLECTORS = [COLLECTOR_PATH, SIMULATION_PATH].map((path) => new URL(path, self.registration.scope).href)

function isCollected({ url }: Request): boolean {
  return COLLECTORS.some((collector) => url.startsWith(collector))
}

const OPENING: ReadonlySet<RequestDestination> = new Set(['script', 'style', 'worker'])
const PRODUCTS = new URL('products.json', self.registration.scope).href

/** The page itself, its scripts and styles, and the list of products: without any of these there is no shop to press a switch in. */
function isNeededToOpen(request: Request): boolean {
  return isOwnFile(request) && (request.mode === 'navigate' || OPENING.has(request.destination) || request.url === PRODUCTS)
}

async function report({ request, clientId }: FetchEvent, outcome: 'network' | 'kept' | 'refused'): Promise<void> {
  if (request.mode === 'navigate') return // there is no page yet to tell; it finds its own address in its timing list
  const client = clientId ? await self.clients.get(clientId) : undefined
  const notice = {
    quire: 'request',
    url: request.url,
    method: request.method,
    hasBody: request.method !== 'GET' && request.method !== 'HEAD',
    by: client?.type === 'worker' ? 'worker' : 'page',
    outcome,
    time: Date.now(),
  }
  // A worker does not say whose it is, so what a worker asked for is told to every page.
  const pages = client?.type === 'worker' ? await self.clients.matchAll({ type: 'window' }) : [client]
  for (const page of pages) page?.postMessage(notice)
}

/** Keeps files that were loaded before this worker watched. What cannot be had now is left out: the switch must answer all the same. */
async function keep(files: readonly string[]): Promise<void> {
  const cache = await caches.open(FILES)
  const add = async (file: string) => {
    if (!(await cache.match(file, AS_KEPT))) await cache.add(file)
  }
  await Promise.allSettled(files.map(add))
}

async function setOffline(offline: boolean): Promise<void> {
  const cache = await caches.open(FILES)
  if (offline) await cache.put(OFFLINE_MARK, new Response('on'))
  else await cache.delete(OFFLINE_MARK)
}

type OfflineSwitch = { readonly quire: 'offline'; readonly offline: boolean; readonly files: readonly string[] }

/** Only the shop's own pages can post here: a service worker hears nobody else. */
function isOfflineSwitch(data: unknown): data is OfflineSwitch {
  return typeof data === 'object' && data !== null && 'quire' in data && data.quire === 'offline'
}
