/** Where a script-tag build may take its worker from. */
export type WorkerPlace = {
  /** Absolute URL of `sotto.js`; the worker lies beside it. */
  readonly scriptUrl: string
  /** The site's own copy, for policies that forbid both other ways. */
  readonly workerSrc: string | undefined
  readonly pageOrigin: string
}

/**
 * Ways to start the worker, in order: the site's own `workerSrc` and nothing else; a module from the script's folder, where that is the
 * page's origin; else a blob, since a worker's script must be of the page's origin. The blob is a *classic* worker that imports the
 * module: a blob module with a static import fails under `worker-src blob:`, and lazy chunks resolve against the imported module.
 */
export function workerStarters({ scriptUrl, workerSrc, pageOrigin }: WorkerPlace): (() => Worker)[] {
  if (workerSrc) return [() => startModule(workerSrc)]
  const url = new URL('worker.js', scriptUrl)
  const viaBlob = () => {
    const source = new Blob([`import(${JSON.stringify(url.href)})`], { type: 'text/javascript' })
    const blobUrl = URL.createObjectURL(source)
    const worker = new Worker(trusted(blobUrl), { name: 'sotto' })
    worker.addEventListener('message', () => URL.revokeObjectURL(blobUrl), { once: true })
    return worker
  }
  return url.origin === pageOrigin ? [() => startModule(url.href), viaBlob] : [viaBlob]
}

function startModule(url: string): Worker {
  return new Worker(trusted(url), { type: 'module', name: 'sotto' })
}

type ScriptUrlPolicy = { createScriptURL(url: string): string }
type TrustedTypes = { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy }

/** Pages that require Trusted Types name the policy `sotto` in their CSP. Only our own URLs pass through here. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes } // not in every browser, nor in TypeScript's types
  return trustedTypes ? trustedTypes.createPolicy('sotto', { createScriptURL: (own) => own }).createScriptURL(url) : url
}
