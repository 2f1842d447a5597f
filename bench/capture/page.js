// A page on which a lot happens: asked by capture.ts, in Chromium.
import { createSotto } from '/dist/index.js'

/** A new task, as the next thing that happens on a page is: a timer would wait 4 ms each time. */
const nextTask = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })

/** Everything later calls need: events, and a worker that has proved to work. */
export async function prepare(namespace) {
  const events = await (await fetch('/events.json')).json()
  // Room for all: what makes room is not what is measured.
  const sotto = await createSotto({ consent: 'granted', namespace, maxEvents: 2 * events.length })
  const { outcome } = await sotto.track('page_view')
  if (outcome !== 'stored') throw new Error(`an event was ${outcome}, expected it to be stored`)
  globalThis.ready = { events, sotto }
}

/** Tracks everything, one burst a task. @returns milliseconds until the last event is acknowledged, and how many are kept. */
export async function timeSotto(perBurst) {
  const { events, sotto } = globalThis.ready
  const started = performance.now()
  const receipts = []
  for (let from = 0; from < events.length; from += perBurst) {
    for (const [name, params] of events.slice(from, from + perBurst)) receipts.push(sotto.track(name, params))
    await nextTask()
  }
  const outcomes = await Promise.all(receipts)
  return { ms: performance.now() - started, stored: outcomes.filter(({ outcome }) => outcome === 'stored').length }
}

/** What the history says it holds, and what it does: all events but the first. */
export async function check() {
  const { sotto } = globalThis.ready
  const { events } = await sotto.exportData()
  const { storage } = await sotto.status()
  return { counted: storage.events, events: events.slice(1) }
}

/** Hands the cleaned events to a bare worker. */
export async function prepareRaw(events, database) {
  const worker = new Worker('/bench/raw-worker.js', { type: 'module' })
  const ask = (message) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(`the raw worker failed: ${message}`))
      worker.postMessage(message)
    })
  await ask({ kind: 'prepare', events, database })
  globalThis.raw = ask
}

/** The same events, put in batches of the same size. @returns milliseconds until the last transaction is done, and how many are kept. */
export async function timeRaw(perBatch) {
  const started = performance.now()
  await globalThis.raw({ kind: 'put', perBatch })
  const ms = performance.now() - started
  return { ms, stored: await globalThis.raw({ kind: 'count' }) }
}

/** Nothing is left for the next round. */
export async function cleanUp() {
  await globalThis.ready?.sotto.forget()
  await globalThis.ready?.sotto.close()
  await globalThis.raw?.({ kind: 'delete' })
}

globalThis.bench = { prepare, timeSotto, check, prepareRaw, timeRaw, cleanUp }
