import { type Remote, wrap } from 'comlink'
import type { ChangeKind, EarlyNotice, Engine, EngineCall, EngineConfig, EngineMethod, WorkerNotice } from './shared/contract'
import { fromFailure, SottoError } from './shared/errors'
import { PROTOCOL } from './shared/version'

const DEADLINES_MS = {
  /** A worker that has not said `ready` by then is taken for one that never will: slow phones on slow networks need most of it. */
  ready: 15_000,
  /** A call without an answer by then is doubted: the worker is asked whether it lives. */
  call: 15_000,
  /** A living worker answers a ping between two slices of its work, which last milliseconds. */
  ping: 3_000,
}
/** A second crash is a defect that another start would only repeat. */
const MAX_RESTARTS = 1

/**
 * Calls that are sent again after a crash, because giving them up would lose something; each may safely run twice. A reader is not: it may
 * be what brought the worker down.
 */
const LASTING: readonly EngineMethod[] = ['append', 'setConsent', 'forget']

export type WorkerState = 'not-started' | 'starting' | 'ready' | 'failed'

export type BridgeOptions = {
  /** Ways to make the worker, tried in order until one says that it is ready. */
  readonly starters: readonly (() => Worker)[]
  /** How the engine is to be configured, asked for while a worker starts. */
  readonly config: () => EngineConfig
  /** Called on every start, before anything else reaches the engine: the place to configure it. */
  readonly prepare: (call: Bridge['call']) => void
  readonly onChange: (change: ChangeKind | 'worker') => void
  /** Tests need not wait as long as visitors do. */
  readonly deadlinesMs?: typeof DEADLINES_MS
}

type Call = {
  readonly method: EngineMethod
  readonly args: readonly unknown[]
  readonly resolve: (value: unknown) => void
  readonly reject: (error: SottoError) => void
  timer?: ReturnType<typeof setTimeout>
}

/**
 * The page's side of the border: the only page file that knows Worker and comlink. To comlink it adds what comlink lacks: a ready
 * handshake with the protocol version, deadlines, error codes, one restart after a crash, and an end to every pending call.
 */
export class Bridge {
  state: WorkerState = 'not-started'
  restarts = 0
  fault: SottoError | undefined
  #worker: Worker | undefined
  #remote: Remote<EngineCall> | undefined
  #waiting = new Set<Call>()
  #closed = false
  readonly #options: BridgeOptions
  readonly #deadlines: typeof DEADLINES_MS

  constructor(options: BridgeOptions) {
    this.#options = options
    this.#deadlines = options.deadlinesMs ?? DEADLINES_MS
  }

  /**
   * Calls the engine. Posted in this very task once the worker is ready; kept in order until then.
   * After a crash what must not be lost is sent again, `append` marked as replayed; readers under way reject with `worker-lost`.
   * @returns rejects with the engine's own `SottoError`, or `worker-failed`, `worker-lost`, `protocol-mismatch`, `deadline`, `closed`.
   */
  call<M extends EngineMethod>(method: M, ...args: Parameters<Engine[M]>): ReturnType<Engine[M]> {
    const answer = new Promise((resolve, reject) => {
      const call: Call = { method, args, resolve, reject }
      if (this.fault) return reject(this.fault)
      this.#waiting.add(call)
      if (this.#remote) return this.#send(call)
      if (this.state === 'not-started') void this.#start()
      const notice: EarlyNotice = { sotto: 'early', config: this.#options.config(), method }
      this.#worker?.postMessage(notice)
    })
    // The reply's type follows from the method's; the border itself carries unknowns.
    return answer as ReturnType<Engine[M]>
  }

  /** Terminates the worker and rejects every pending call with `closed`. */
  close(): void {
    this.#closed = true
    this.#fail(new SottoError('closed', 'Sotto was closed'))
  }

  async #start(): Promise<void> {
    this.#become('starting')
    let reason: unknown
    for (const starter of this.#options.starters) {
      try {
        this.#worker = starter()
        const worker = await awaitReady(this.#worker, this.#deadlines.ready)
        if (this.#closed) return worker.terminate()
        this.#adopt(worker)
        return
      } catch (error) {
        if (this.#closed) return
        reason = error
      }
    }
    if (reason instanceof SottoError) return this.#fail(reason)
    const cause = reason instanceof Error ? reason.message : String(reason)
    this.#fail(
      new SottoError('worker-failed', `worker not started (${cause}): are worker.js and engine.js served, and allowed by the CSP?`),
    )
  }

  #adopt(worker: Worker): void {
    this.#worker = worker
    worker.onerror = worker.onmessageerror = () => void this.#doubt(worker)
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerNotice | undefined>) => {
      if (data?.sotto === 'change') this.#options.onChange(data.change)
    })
    const remote = wrap<EngineCall>(worker)
    this.#remote = remote
    const earlier = [...this.#waiting]
    // Only for as long as this worker lives: the next one is prepared from the start.
    this.#options.prepare((method, ...args) => {
      if (worker !== this.#worker) throw lost()
      return this.call(method, ...args)
    })
    for (const call of earlier) this.#send(call)
    this.#become('ready')
  }

  #send(call: Call): void {
    const worker = this.#worker
    if (!(this.#remote && worker)) return
    // A pending call that is sent again may have been stored before the crash.
    const args = call.method === 'append' && call.timer ? [call.args[0], true] : call.args
    clearTimeout(call.timer)
    call.timer = setTimeout(() => void this.#overdue(call, worker), this.#deadlines.call)
    this.#remote(call.method, args).then(
      (reply) => this.#settle(call, () => (reply.ok ? call.resolve(reply.value) : call.reject(fromFailure(reply.failure)))),
      // comlink itself failed: an argument that cannot be cloned, or an answer that cannot.
      (error: unknown) => this.#settle(call, () => call.reject(new SottoError('internal', `${call.method}: ${error}`))),
    )
  }

  #settle(call: Call, settle: () => void): void {
    clearTimeout(call.timer)
    if (this.#waiting.delete(call)) settle()
  }

  /** A living worker is only slow: readers give up, while an append waits on, since giving up would be to lose it. */
  async #overdue(call: Call, worker: Worker): Promise<void> {
    if (!(await this.#doubt(worker)) || !this.#waiting.has(call)) return
    if (call.method === 'append') call.timer = setTimeout(() => void this.#overdue(call, worker), this.#deadlines.call)
    else this.#settle(call, () => call.reject(new SottoError('deadline', `${call.method}: no answer within ${this.#deadlines.call} ms`)))
  }

  /** Asks the worker whether it lives and restarts it if not. @returns whether it does. */
  async #doubt(worker: Worker): Promise<boolean> {
    if (worker !== this.#worker || !this.#remote) return false
    const lives = await within(this.#deadlines.ping, this.#remote('ping', []))
    if (lives || worker !== this.#worker) return lives
    this.#drop()
    for (const call of this.#waiting) if (call.timer && !LASTING.includes(call.method)) this.#settle(call, () => call.reject(lost()))
    if (this.restarts >= MAX_RESTARTS) this.#fail(lost())
    else {
      this.restarts++
      void this.#start()
    }
    return false
  }

  #drop(): void {
    this.#worker?.terminate()
    this.#remote = undefined
    this.#worker = undefined
  }

  #fail(fault: SottoError): void {
    this.#drop()
    this.fault = fault
    for (const call of this.#waiting) this.#settle(call, () => call.reject(fault))
    this.#become('failed')
  }

  #become(state: WorkerState): void {
    this.state = state
    this.#options.onChange('worker')
  }
}

/** Resolves once the worker said that it is ready and speaks our protocol. A blocked blob worker fails by an event, not by a throw. */
function awaitReady(worker: Worker, deadlineMs: number): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const refuse = (error: unknown) => {
      clearTimeout(timer)
      worker.terminate()
      reject(error)
    }
    const timer = setTimeout(() => refuse(new Error(`not ready after ${deadlineMs} ms`)), deadlineMs)
    worker.onerror = (event) => refuse(new Error(event.message || 'its script did not load'))
    worker.addEventListener('message', function onMessage({ data }: MessageEvent<WorkerNotice | undefined>) {
      if (data?.sotto !== 'ready') return
      worker.removeEventListener('message', onMessage)
      if (data.protocol !== PROTOCOL && data.protocol !== PROTOCOL + 1) {
        return refuse(
          new SottoError(
            'protocol-mismatch',
            `the worker speaks protocol ${data.protocol}, the page ${PROTOCOL}: serve both from one release`,
          ),
        )
      }
      clearTimeout(timer)
      resolve(worker)
    })
  })
}

/** Whether the promise fulfils within the time. */
function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms, false)
    promise
      .then(
        () => resolve(true),
        () => resolve(false),
      )
      .finally(() => clearTimeout(timer))
  })
}

function lost(): SottoError {
  return new SottoError('worker-lost', 'the worker stopped answering')
}
