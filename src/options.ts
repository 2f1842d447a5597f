import type { SottoOptions } from './api'
import { checkCount, checkObject, checkOneOf, refuse } from './shared/checks'
import type { CatalogSource, EngineConfig } from './shared/contract'
import { DEFAULT_MAX_AGE_MS, DEFAULT_MAX_EVENTS } from './shared/limits'
import { COMPUTE_CHOICES, CONSENT_STATES, type Consent } from './shared/status'

const DAY_MS = 86_400_000

/** Options with every default filled in and every URL absolute: a worker has no page to resolve against. */
export type Settings = Omit<EngineConfig, 'consent'> & {
  readonly consent: Consent
  /** The site's own array, where that is the source. */
  readonly items: readonly unknown[] | undefined
}

/** @throws SottoError `invalid-argument` naming the option. */
export function readOptions(options: SottoOptions, base: string): Settings {
  checkObject('createSotto: options', options)
  const { catalog, consent = 'pending', compute = 'auto', namespace = 'default', maxAgeDays, maxEvents = DEFAULT_MAX_EVENTS } = options
  checkOneOf('createSotto: consent', consent, CONSENT_STATES)
  checkOneOf('createSotto: compute', compute, COMPUTE_CHOICES)
  if (!/^[a-z0-9_-]{1,40}$/.test(namespace)) refuse('createSotto: namespace', '1 to 40 of a-z 0-9 - _', namespace)
  checkCount('createSotto: maxAgeDays', maxAgeDays, 1, 3650)
  checkCount('createSotto: maxEvents', maxEvents, 100, 100_000)
  return {
    namespace,
    consent,
    compute,
    catalog: readCatalog(catalog, base),
    items: Array.isArray(catalog) ? catalog : undefined,
    maxAgeMs: maxAgeDays ? maxAgeDays * DAY_MS : DEFAULT_MAX_AGE_MS,
    maxEvents,
  }
}

function readCatalog(catalog: unknown, base: string): CatalogSource {
  if (catalog === undefined) return { kind: 'none' }
  if (Array.isArray(catalog)) return { kind: 'page' }
  return { kind: 'url', url: readUrl('createSotto: catalog', catalog, base, 'a URL or an array of items') }
}

/** @returns the URL made absolute. */
export function readUrl(name: string, url: unknown, base: string, expected = 'a URL'): string {
  if ((typeof url !== 'string' || !url) && !(url instanceof URL)) refuse(name, expected, url)
  try {
    return new URL(url, base).href
  } catch {
    return refuse(name, expected, url)
  }
}
