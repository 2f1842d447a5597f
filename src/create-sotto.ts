import type { Sotto, SottoOptions } from './api'
import { createWith } from './create'
import { readUrl } from './options'
import { requestChecks } from './shared/check-requests'

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
  const { worker, workerSrc } = options
  const url = workerSrc === undefined ? undefined : readUrl('createSotto: workerSrc', workerSrc, document.baseURI)
  const start = url ? () => new Worker(url, { type: 'module', name: 'sotto' }) : startModuleWorker
  return Promise.resolve(createWith(options, [worker ?? start], requestChecks))
}

/** One literal expression, because that is what bundlers look for. */
function startModuleWorker(): Worker {
  return new Worker(new URL('../worker/index.ts', import.meta.url), { type: 'module', name: 'sotto' })
}
