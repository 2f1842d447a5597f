import type { PartTensor, Settings } from '../../worker/models/model-part'
import { LEVELS } from '../../worker/models/sparse-rows'

/** A row's length is kept in 8 bits. */
const MAX_KEPT = 255
/** Weights this much smaller than the largest are not told apart: they no longer change an order. */
const RANGE = 1e5

/** Collects sparse rows, the heaviest of each, and writes them as tensors of 8-bit weights (see `readSparseRows`). */
export class RowBuilder {
  readonly #rows: { items: Int32Array; weights: Float64Array }[] = []

  /** @param kept at most this many a row, 1 to 255. */
  constructor(
    readonly itemCount: number,
    readonly kept: number,
  ) {}

  /** The next row, of item 0, 1, 2 …: weights of 0 and below are left out; of equal ones the lower item is kept. */
  add(items: ArrayLike<number>, weights: ArrayLike<number>): void {
    const order: number[] = []
    for (let at = 0; at < items.length; at++) if (weights[at]! > 0) order.push(at)
    order.sort((a, b) => weights[b]! - weights[a]! || items[a]! - items[b]!)
    order.length = Math.min(order.length, this.kept, MAX_KEPT)
    this.#rows.push({ items: Int32Array.from(order, (at) => items[at]!), weights: Float64Array.from(order, (at) => weights[at]!) })
  }

  /** Rows that were not added are empty. */
  finish(): { readonly tensors: Readonly<Record<'lengths' | 'items' | 'weights', PartTensor>>; readonly settings: Settings } {
    const lengths = new Uint8Array(this.itemCount)
    for (const [item, row] of this.#rows.entries()) lengths[item] = row.items.length
    const count = lengths.reduce((sum, length) => sum + length, 0)
    const items = this.itemCount > 65_536 ? new Uint32Array(count) : new Uint16Array(count)
    const weights = new Uint8Array(count)
    let high = 0
    let least = Number.POSITIVE_INFINITY
    for (const row of this.#rows)
      for (const weight of row.weights) {
        high = Math.max(high, weight)
        least = Math.min(least, weight)
      }
    const low = count ? Math.min(Math.max(least, high / RANGE), high / 2) : 1
    high ||= 2
    const perStep = (LEVELS - 1) / Math.log(high / low)
    let at = 0
    for (const row of this.#rows) {
      items.set(row.items, at)
      for (const weight of row.weights) weights[at++] = 1 + Math.round(Math.max(0, Math.log(weight / low)) * perStep)
    }
    const settings = { low, high }
    return {
      tensors: {
        lengths: { shape: [this.itemCount], data: lengths },
        items: { shape: [count], data: items },
        weights: { shape: [count], data: weights },
      },
      settings,
    }
  }
}
