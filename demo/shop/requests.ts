import { COLLECTOR_PATH, SIMULATION_PATH } from '../signals/collector-file'

/** A request that a page or a worker of the shop made. */
export type SeenRequest = {
  /** Path on the shop's own origin, else the whole address. */
  readonly target: string
  readonly method: string
  readonly by: 'page' | 'worker'
  /** `before`: made before the service worker watched; only the page's own timing list knows of it, and not of workers'. */
  readonly outcome: 'network' | 'kept' | 'refused' | 'before'
  /** Whether it could have carried anything about the visitor that is not declared: another origin, a query, a body. */
  readonly couldCarry: boolean
  /** What it brought to a collector beside the shop: a report of this visitor, or those of simulated ones. */
  readonly brought: 'report' | 'simulation' | undefined
  /** Milliseconds since 1970. */
  readonly time: number
}

/** Every request since the page was loaded, as far as a page can know: from the service worker, and until it watches from the browser's timing list. */
export class Requests extends EventTarget {
  readonly #seen: SeenRequest[] = []
  readonly #container: ServiceWorkerContainer | undefined
  /** `since`: when the service worker began to see this page's requests; absent: it does not. */
  #since: number | undefined

  /** @param container `navigator.serviceWorker`; absent outside secure contexts, where only the timing list is left. */
  constructor(container: ServiceWorkerContainer | undefined) {
    super()
    this.#container = container
    if (container?.controller) this.#since = performance.timeOrigin
    container?.addEventListener('controllerchange', () => {
      this.#since ??= Date.now()
      this.#dispatch()
    })
    container?.addEventListener('message', ({ data }) => {
      if (isNotice(data)) this.#add(describe(data))
    })
    container?.startMessages()
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const time = performance.timeOrigin + entry.startTime
        const isPage = entry.entryType === 'navigation'
        if (isPage && this.#seen.some(({ time: seen }) => seen === time)) continue // told once at the start and again when it is complete
        if (!isPage && this.#since !== undefined && time >= this.#since) continue // the service worker reports that one
        this.#add(describe({ url: entry.name, method: 'GET', hasBody: false, by: 'page', outcome: isPage ? 'network' : 'before', time }))
      }
    })
    observer.observe({ type: 'resource', buffered: true })
    observer.observe({ type: 'navigation', buffered: true })
  }

  get all(): readonly SeenRequest[] {
    return this.#seen
  }

  /** Whether requests of page and workers are seen now. */
  get isWatched(): boolean {
    return this.#since !== undefined
  }

  /** Reports of this visitor since this page was loaded. */
  get reports(): readonly SeenRequest[] {
    return this.#seen.filter(({ brought }) => brought === 'report')
  }

  /** Those since this page was loaded that could have carried behaviour. */
  get carrying(): readonly SeenRequest[] {
    return this.#seen.filter(({ couldCarry }) => couldCarry)
  }

  /** Whether the network is cut off now: the switch outlives a reload. */
  async isOffline(): Promise<boolean> {
    return 'caches' in window && (await caches.match(new URL('offline-mark', document.baseURI))) !== undefined
  }

  /**
   * Cuts the shop off from the network, or lets it back.
   *
   * @returns whether it worked: not without a service worker.
   */
  async setOffline(offline: boolean): Promise<boolean> {
    const worker = this.#container?.controller
    if (!worker) return false
    const { port1, port2 } = new MessageChannel()
    const answered = new Promise<boolean>((resolve) => {
      port1.onmessage = () => resolve(true)
    })
    // What was loaded before the service worker watched has to be kept first, or a reload would find nothing.
    const files = this.#seen.filter(({ outcome }) => outcome === 'before' || outcome === 'network').map(({ target }) => target)
    worker.postMessage({ quire: 'offline', offline, files: offline ? files : [] }, [port2])
    return answered
  }

  #add(request: SeenRequest): void {
    this.#seen.push(request)
    this.#dispatch()
  }

  #dispatch(): void {
    this.dispatchEvent(new Event('change'))
  }
}

type Notice = Omit<SeenRequest, 'target' | 'couldCarry' | 'brought'> & { readonly url: string; readonly hasBody: boolean }

function describe({ url, method, hasBody, by, outcome, time }: Notice): SeenRequest {
  const { origin, pathname, search, href } = new URL(url)
  const isOwn = origin === location.origin
  const target = isOwn ? pathname + search : href
  const brought = broughtTo(href)
  return { target, method, by, outcome, time, couldCarry: !brought && (!isOwn || hasBody || search !== ''), brought }
}

function broughtTo(href: string): SeenRequest['brought'] {
  if (href === new URL(`${COLLECTOR_PATH}v1/reports`, document.baseURI).href) return 'report'
  return href.startsWith(new URL(SIMULATION_PATH, document.baseURI).href) ? 'simulation' : undefined
}

/** Messages from elsewhere on the origin are possible; only the service worker's own look like this. */
function isNotice(data: unknown): data is Notice {
  return typeof data === 'object' && data !== null && 'quire' in data && data.quire === 'request'
}
