import type { InteractionLog } from '../../learn/interaction-log'

/** Collects sequences of rows into a log. */
export class LogBuilder {
  readonly #starts: number[] = [0]
  readonly #items: number[] = []
  readonly #times: number[] = []
  readonly #baskets: number[] = []

  /** @param times as long as `items`; for every sequence or for none, and so are `baskets`. */
  add(items: Iterable<number>, times: Iterable<number> = [], baskets: Iterable<number> = []): void {
    for (const item of items) this.#items.push(item)
    for (const time of times) this.#times.push(time)
    for (const basket of baskets) this.#baskets.push(basket)
    this.#starts.push(this.#items.length)
  }

  /** @param itemCount above every row. */
  build(itemCount: number): InteractionLog {
    return {
      itemCount,
      starts: Int32Array.from(this.#starts),
      items: Int32Array.from(this.#items),
      ...(this.#times.length > 0 && { times: Float64Array.from(this.#times) }),
      ...(this.#baskets.length > 0 && { baskets: Int32Array.from(this.#baskets) }),
    }
  }
}
