import type { Sotto, SottoOptions } from './api'
import { runningInstances } from './instances'
import { readOptions } from './options'
import type { RequestChecks } from './shared/check-requests'
import { refuse } from './shared/checks'
import { PageSotto } from './sotto'

/**
 * Creates a Sotto, or hands out the one that already runs under the same namespace: its worker is shared and its options stand.
 *
 * @param starters ways to make the worker, in order; used by the first creation only.
 * @param checks makes wrong requests throw at once; without them they reject.
 * @throws SottoError `invalid-argument`, at once.
 */
export function createWith(options: SottoOptions, starters: readonly (() => Worker)[], checks?: RequestChecks): Sotto {
  const settings = readOptions(options, document.baseURI)
  if (options.worker !== undefined && typeof options.worker !== 'function') refuse('createSotto: worker', 'a function', options.worker)
  const running = runningInstances()
  const existing = running.get(settings.namespace)
  if (existing) return existing
  const created = new PageSotto(settings, starters, checks, () => running.delete(settings.namespace))
  running.set(settings.namespace, created)
  return created
}
