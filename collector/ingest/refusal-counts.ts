import { REFUSALS, type RefusalCode } from './refusal'

/** How often each thing was refused since the start, in memory only; by code, and by nothing else. */
export class RefusalCounts {
  readonly #counts = new Map<RefusalCode, number>()

  /** @param count how many at once. */
  add(code: RefusalCode, count = 1): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + count)
  }

  /** Every code there is, in the order of the list. */
  entries(): readonly (readonly [RefusalCode, number])[] {
    // Keys of an object typed by them.
    return (Object.keys(REFUSALS) as RefusalCode[]).map((code) => [code, this.#counts.get(code) ?? 0])
  }
}
