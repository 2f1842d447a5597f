/// <reference lib="webworker" />
/**
 * Sees every request of the shop's pages and of their workers, tells the pages of each, and refuses all of them while the visitor has
 * switched the network off. What it once fetched it keeps, so that the shop goes on offline.
 */
export type {} // a module, so that its names are its own

declare const self: ServiceWorkerGlobalScope

const FILES = 'quire-files'
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
  const kept = isOffline ? await cache.match(request) : undefined
  event.waitUntil(report(event, isOffline ? (kept ? 'kept' : 'refused') : 'network'))
  if (isOffline) return kept ?? Response.error()
  try {
    const response = await fetch(request)
    const isOwnFile = request.method === 'GET' && new URL(request.url).origin === self.location.origin
    if (isOwnFile && response.ok && response.status === 200) event.waitUntil(cache.put(request, response.clone()))
    return response
  } catch (thrown) {
    const last = await cache.match(request)
    if (last) return last
    throw thrown
  }
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

/** Keeps files that were loaded before this worker watched. */
async function keep(files: readonly string[]): Promise<void> {
  const cache = await caches.open(FILES)
  for (const file of files) if (!(await cache.match(file))) await cache.add(file)
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
