import type { SignalOptions, Sotto, SottoOptions } from './api'
import { createWith } from './create'
import { readUrl } from './options'
import { requestChecks } from './shared/check-requests'
import { checkFields } from './shared/checks'
import { SottoError } from './shared/errors'

const OPTIONS = [
  'catalog',
  'consent',
  'compute',
  'namespace',
  'workerSrc',
  'worker',
  'maxAgeDays',
  'maxEvents',
  'signals',
] satisfies (keyof SottoOptions)[]

const SIGNAL_OPTIONS = ['collector', 'plan', 'planHash', 'relay'] satisfies (keyof SignalOptions)[]

/**
 * Starts Sotto on this page.
 *
 * @throws SottoError `invalid-argument`, at once, for a wrong option.
 * @returns the running Sotto; the one that already runs where the namespace is taken on this page. Resolves without waiting for worker or
 *   catalog: their failures show in `status()` and in the calls that need them, never here.
 * @example
 * const sotto = await createSotto({ catalog: '/catalog.pack', consent: 'granted' })
 * sotto.track('view_item', { items: [{ item_id: 'sku-1' }] })
 */
export function createSotto(options: SottoOptions = {}): Promise<Sotto> {
  // Without a page, as in server rendering, there is no visitor to remember.
  if (typeof document === 'undefined') throw new SottoError('invalid-argument', 'createSotto: call it in a browser, not on the server')
  checkFields('createSotto: options', options as Readonly<Record<string, unknown>>, OPTIONS)
  const { worker, workerSrc, signals } = options
  if (signals && typeof signals === 'object' && !(signals instanceof URL)) checkFields('createSotto: signals', signals, SIGNAL_OPTIONS)
  const url = workerSrc === undefined ? undefined : readUrl('createSotto: workerSrc', workerSrc, document.baseURI)
  const start = url ? () => new Worker(url, { type: 'module', name: 'sotto' }) : startModuleWorker
  return Promise.resolve(createWith(options, [worker ?? start], requestChecks))
}

/** One literal expression, because that is what bundlers look for. */
function startModuleWorker(): Worker {
  return new Worker(new URL('../worker/index.ts', import.meta.url), { type: 'module', name: 'sotto' })
}
