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
  const trusted = trustedUrls()
  const fromModule = (url: string) => () => new Worker(trusted(url), { type: 'module', name: 'sotto' })
  if (workerSrc) return [fromModule(workerSrc)]
  const url = new URL('worker.js', scriptUrl)
  const fromBlob = () => {
    const source = new Blob([`import(${JSON.stringify(url)})`], { type: 'text/javascript' })
    const blobUrl = URL.createObjectURL(source)
    const worker = new Worker(trusted(blobUrl), { name: 'sotto' })
    worker.addEventListener('message', () => URL.revokeObjectURL(blobUrl), { once: true })
    return worker
  }
  return url.origin === pageOrigin ? [fromModule(url.href), fromBlob] : [fromBlob]
}

type Policy = { createScriptURL(url: string): string }
type TrustedTypes = { createPolicy(name: string, rules: Policy): Policy }

/**
 * Pages that require Trusted Types name the policy `sotto` in their CSP. Only our own URLs pass through it. Made when a worker is: the name
 * can be taken once a page, and a script that is on it twice makes one worker.
 */
function trustedUrls(): (url: string) => string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes } // not in every browser, nor in TypeScript's types
  let policy: Policy | undefined
  return (url) => {
    policy ??= trustedTypes?.createPolicy('sotto', { createScriptURL: (own) => own })
    return policy?.createScriptURL(url) ?? url
  }
}
