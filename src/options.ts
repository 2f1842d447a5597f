import type { SignalOptions, SottoOptions } from './api'
import { checkCount, checkObject, checkOneOf, refuse } from './shared/checks'
import type { CatalogSource, EngineConfig, SignalSource } from './shared/contract'
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
  const signals = readSignals(options.signals, base)
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
    ...(signals && { signals }),
  }
}

function readCatalog(catalog: unknown, base: string): CatalogSource {
  if (catalog === undefined) return { kind: 'none' }
  if (Array.isArray(catalog)) return { kind: 'page' }
  return { kind: 'url', url: readUrl('createSotto: catalog', catalog, base, 'a URL or an array of items') }
}

function readSignals(signals: SottoOptions['signals'], base: string): SignalSource | undefined {
  if (signals === undefined) return undefined
  const source = typeof signals === 'string' || signals instanceof URL ? { collector: signals } : signals
  if (typeof source !== 'object' || !source) refuse('createSotto: signals', 'a URL or { collector, … }', source)
  const { plan, planHash, relay } = source as SignalOptions
  const url = (name: 'collector' | 'plan' | 'relay') => readUrl(`createSotto: signals.${name}`, (source as SignalOptions)[name], base)
  if (planHash !== undefined && !/^[0-9a-f]{64}$/i.test(planHash))
    refuse('createSotto: signals.planHash', '64 hexadecimal digits', planHash)
  return {
    collector: url('collector'),
    ...(plan !== undefined && { plan: url('plan') }),
    ...(planHash !== undefined && { planHash }),
    ...(relay !== undefined && { relay: url('relay') }),
    optedOut: (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true, // not in TypeScript's DOM types
  }
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
