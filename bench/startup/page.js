// The page of a shop whose visitor comes back: asked by startup.ts, in Chromium.
import { createSotto } from '/dist/index.js'

const REQUEST = { strategy: 'for-you', limit: 8 }
const EVENTS_PER_BURST = 500

/** @param {() => Worker} worker */
const start = (worker) => createSotto({ catalog: '/catalog.pack', consent: 'granted', worker })
const startWorker = () => new Worker('/dist/worker.js', { type: 'module', name: 'sotto' })

/** Brings about what later visits find: events, catalog, and the bare worker's one record. */
export async function firstVisit() {
  const events = await (await fetch('/events.json')).json()
  const sotto = await start(startWorker)
  const receipts = []
  for (let from = 0; from < events.length; from += EVENTS_PER_BURST) {
    const burst = events.slice(from, from + EVENTS_PER_BURST).map(([name, params]) => sotto.track(name, params))
    receipts.push(...(await Promise.all(burst)))
  }
  const lost = receipts.filter(({ outcome }) => outcome !== 'stored')
  if (lost.length > 0) throw new Error(`${lost.length} of ${events.length} events were not stored, the first: ${JSON.stringify(lost[0])}`)
  await sotto.recommend(REQUEST)
  // The rest of the catalog streams in and is saved while nobody asks for anything.
  for (let status = await sotto.status(); status.catalog.loaded < status.catalog.total; status = await sotto.status()) {
    if (status.catalog.fault) throw new Error(status.catalog.fault.message)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  await new Promise((resolve, reject) => {
    const opening = indexedDB.open('bare')
    opening.onupgradeneeded = () => opening.result.createObjectStore('records').put({ visits: 1 }, 'one')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      opening.result.close()
      resolve()
    }
  })
}

/** From the worker's creation to the first recommendation, in milliseconds; and what it was. */
export async function timeSotto() {
  let started = 0
  const sotto = await start(() => {
    started = performance.now()
    return startWorker()
  })
  const shelf = await sotto.recommend(REQUEST)
  const ms = performance.now() - started
  const status = await sotto.status()
  await sotto.close()
  return { ms, shelf, status }
}

/** From the bare worker's creation to its record. */
export async function timeBare() {
  const started = performance.now()
  const worker = new Worker('/bench/bare-worker.js', { type: 'module' })
  const record = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data)
    worker.onerror = () => reject(new Error('the bare worker failed'))
  })
  const ms = performance.now() - started
  worker.terminate()
  if (record?.visits !== 1) throw new Error('the bare worker read no record')
  return { ms }
}

/** Lengths of all tasks over 50 ms since the page began; the page's head listens for them. */
export async function longTasks() {
  // The browser tells of a task some time after its end.
  await new Promise((resolve) => setTimeout(resolve, 100))
  return globalThis.longTasks
}

/** Holds the page for a while, which must then show. */
export async function blockFor(ms) {
  await new Promise((resolve) => setTimeout(resolve))
  const end = performance.now() + ms
  while (performance.now() < end);
}

globalThis.bench = { firstVisit, timeSotto, timeBare, longTasks, blockFor }
