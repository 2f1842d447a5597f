// A tab of its own that can be killed at any step: each write to a database and each report is one. It stops, and says so, before the step numbered
// `stopAt` takes effect or right after it has; whoever started it then ends it, as a browser does, with all that it holds open.
import type { EngineConsent } from '../../src/shared/contract'
import { hex } from '../../src/shared/signals/plan-hash'
import { cryptoBytes } from '../../src/shared/signals/random-integers'
import { Signals } from '../../worker/signals/signals'
import { PLAN } from './signals-device'

export type TabOrder = { readonly namespace: string; readonly now: number; readonly stopAt: number; readonly isAfter: boolean }
export type TabNews =
  | { readonly kind: 'sent'; readonly body: string }
  | { readonly kind: 'stopped'; readonly step: string }
  | { readonly kind: 'done' }

let steps = 0
let order: TabOrder

function say(news: TabNews): void {
  postMessage(news)
}

function stop(step: string): never {
  say({ kind: 'stopped', step })
  for (;;) {
    // Nothing of this tab runs any more until it is ended.
  }
}

const { put } = IDBObjectStore.prototype
IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
  const step = `${this.transaction.db.name.replace(/test-[^:]*/, '')} ${this.name}`
  const isHere = steps++ === order.stopAt
  if (isHere && !order.isAfter) stop(`before ${step}`)
  if (isHere) this.transaction.addEventListener('complete', () => stop(`after ${step}`))
  return put.call(this, value, key)
}

async function fetchOrStop(_: string, { method, body }: RequestInit): Promise<Response> {
  if (method !== 'POST') return new Response(JSON.stringify(PLAN))
  const isHere = steps++ === order.stopAt
  if (isHere && !order.isAfter) stop('before a report left')
  say({ kind: 'sent', body: hex(body as Uint8Array) }) // as reports are sent
  if (isHere) stop('after a report left')
  return new Response('{}')
}

addEventListener('message', async ({ data }: MessageEvent<TabOrder>) => {
  order = data
  const signals = new Signals({
    namespace: order.namespace,
    source: { collector: 'https://collect.example' },
    consent: (): EngineConsent => 'granted',
    history: async () => undefined,
    catalog: () => Promise.reject(new Error('no catalog')),
    ranker: async () => undefined,
    page: () => ({ backend: 'none', hasFailed: false, slots: [] }),
    fetch: fetchOrStop,
    bytes: cryptoBytes,
    now: () => order.now,
    sleep: async () => {},
    idle: async () => {},
    isSecure: true,
    hasOptedOut: () => false,
    isForgotten: () => false,
    alone: async (name, work) => {
      // Waits for the lock of a tab that was just killed: the browser takes it back in its own time.
      await navigator.locks.request(name, work)
    },
  })
  await signals.visit()
  await signals.close()
  say({ kind: 'done' })
})
