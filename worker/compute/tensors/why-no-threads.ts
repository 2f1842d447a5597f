import { within } from './within'

/** A worker of one line starts within milliseconds; on a phone under load, within tenths of a second. */
const PROBE_DEADLINE_MS = 3_000

/**
 * Whether tfjs' threads can run here. They share memory, and they start from a script in a blob, which a content security policy may forbid:
 * tfjs would wait for ever then, so it is tried first with a script of one line.
 * @returns `undefined` where they can; else why not, in words.
 */
export async function whyNoThreads(): Promise<string | undefined> {
  if (globalThis.crossOriginIsolated !== true) return 'the page is not cross-origin isolated, so memory cannot be shared with threads'
  if (typeof SharedArrayBuffer === 'undefined' || typeof Worker === 'undefined') return 'no shared memory or no nested workers here'
  if (navigator.hardwareConcurrency < 2) return 'one processor'
  const url = URL.createObjectURL(new Blob(['postMessage(0)'], { type: 'text/javascript' }))
  let worker: Worker | undefined
  try {
    const probe = new Worker(url)
    worker = probe
    await within(
      PROBE_DEADLINE_MS,
      new Promise((resolve, reject) => {
        probe.onmessage = resolve
        probe.onerror = () => reject(new Error('its script was refused'))
      }),
    )
    return undefined
  } catch (thrown) {
    return `a worker from a blob does not start (${thrown instanceof Error ? thrown.message : String(thrown)}); a CSP must allow worker-src blob:`
  } finally {
    worker?.terminate()
    URL.revokeObjectURL(url)
  }
}
