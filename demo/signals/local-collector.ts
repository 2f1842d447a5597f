import { hashPlan, type PublishedEpoch, planTag, readPlan, type SignalPlan } from 'sotto/signals'
import type { StoredTable } from './stored-table'

/** A plan, and what reports carry of its hash. */
export type TaggedPlan = { readonly plan: SignalPlan; readonly tag: Uint8Array }

/**
 * The collector for simulated visitors that `npm start` runs beside the shop. Its first two routes are any collector's; those below `demo/` are
 * this one's own.
 * Each call rejects where the collector does not answer or will not.
 */
export class LocalCollector {
  readonly #at: (path: string) => URL

  /** @param url ends in a slash. */
  constructor(readonly url: URL) {
    this.#at = (path) => new URL(path, url)
  }

  /** Posts reports. @param body whole reports, at most 64 KiB. @throws Error unless all of them are counted. */
  async post(body: Uint8Array<ArrayBuffer>, reports: number): Promise<void> {
    const { accepted } = await this.#json<{ accepted: number }>('v1/reports', { method: 'POST', body })
    if (accepted !== reports) throw new Error(`of ${reports} reports the collector took ${accepted}`)
  }

  /** What is published about an epoch. @throws Error where nothing is. */
  async published(epoch: number): Promise<PublishedEpoch> {
    const { epochs } = await this.#json<{ epochs: readonly PublishedEpoch[] }>('v1/estimates')
    const found = epochs.find((candidate) => candidate.epoch === epoch)
    if (!found) throw new Error(`nothing is published about week ${epoch}`)
    return found
  }

  /** Whether it answers: it may have been stopped since the shop was opened, which the service worker keeps going without it. */
  isThere(): Promise<boolean> {
    return this.week().then(
      () => true,
      () => false,
    )
  }

  /** Which week is over and still open, by the clock of the simulation. @throws Error where none is left either: after a year of them. */
  async week(): Promise<number> {
    return (await this.#json<{ epoch: number }>('demo/week')).epoch
  }

  /** Moves that clock to where the week is over and published; another one begins. */
  async closeWeek(): Promise<void> {
    await this.#json('demo/close-week', { method: 'POST' })
  }

  /** All that it has stored. */
  async stored(): Promise<readonly StoredTable[]> {
    return (await this.#json<{ tables: readonly StoredTable[] }>('demo/stored')).tables
  }

  /** What it answers, which this project's own server wrote. */
  async #json<T>(path: string, options: RequestInit = {}): Promise<T> {
    const response = await fetch(this.#at(path), { cache: 'no-store', credentials: 'omit', ...options })
    if (!response.ok) throw new Error(`the collector answered ${response.status} to ${path}`)
    return (await response.json()) as T // as the doc comment says
  }
}

/** Fetches a plan as browsers do. @throws Error where it is not there, SottoError `plan-invalid` where it is none. */
export async function fetchPlan(url: URL): Promise<TaggedPlan> {
  const response = await fetch(url, { credentials: 'omit' })
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { plan: readPlan(JSON.parse(new TextDecoder().decode(bytes))), tag: planTag(await hashPlan(bytes)) }
}
