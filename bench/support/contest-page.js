// The page of a contest: starts a worker for each entrant and hands messages on, asked by contest.ts.
const workers = new Map()
let shared
let asked = 0

/** Starts a worker; what it cannot catch ends everything that it was asked. */
function enter(name, url) {
  const worker = new Worker(url, { type: 'module', name })
  const pending = new Map()
  worker.onmessage = ({ data }) => {
    const waiting = pending.get(data.id)
    pending.delete(data.id)
    if (data.shared) shared = data.shared
    if ('failure' in data) waiting?.reject(new Error(data.failure))
    else waiting?.resolve(data.result)
  }
  worker.onerror = (event) => {
    for (const { reject } of pending.values()) reject(new Error(event.message ?? 'the worker failed to start'))
    pending.clear()
  }
  workers.set(name, { worker, pending })
}

/** @returns the worker's answer. Rejects with its error, and after `limitMs`. */
function ask(name, command, argument, limitMs) {
  const { worker, pending } = workers.get(name)
  const id = ++asked
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => pending.delete(id) && reject(new Error(`no answer within ${limitMs / 1000} s`)), limitMs)
    const done = (settle) => (value) => {
      clearTimeout(timer)
      settle(value)
    }
    pending.set(id, { resolve: done(resolve), reject: done(reject) })
    worker.postMessage({ id, command, argument, shared: command === 'prepare' ? shared : undefined })
  })
}

/** Ends a worker and frees all it held. */
function leave(name) {
  workers.get(name)?.worker.terminate()
  workers.delete(name)
}

globalThis.contest = { enter, ask, leave }
