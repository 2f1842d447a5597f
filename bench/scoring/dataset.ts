import { quantize } from '../../worker/catalog/quantize'
import { seededRandom } from '../support/seeded-random'

/** Queries that are checked, and that are timed in turn. */
export const QUERIES = 8
/** Queries whose recall is taken: of 1,000 items wanted, one that is missed is 0.001. */
export const RECALL_QUERIES = 50
/** Items a cluster: as in a shop, an item has some hundred of its kind. */
const CLUSTER_ITEMS = 200
/** Of an item's distance to the heart of its cluster; the cosine of two items of one cluster is then about 0.74. */
const NOISE = 0.6

/** Where there are how many items of how many dimensions. */
export type Size = { readonly items: number; readonly dim: number }

/** E.g. `100,000 × 128`. */
export function nameOfSize({ items, dim }: Size): string {
  return `${items.toLocaleString('en')} × ${dim}`
}

export function isSameSize(a: Size, b: Size): boolean {
  return a.items === b.items && a.dim === b.dim
}

/** What is searched, in memory that all workers share. */
export type Dataset = Size & {
  /** [items, dim], each of norm 1. */
  readonly floats: Float32Array
  /** The same as a pack holds it: [items, dim] and [items]. */
  readonly vectors: Int8Array
  readonly scales: Float32Array
  /** [QUERIES, dim], each of norm 1. */
  readonly queries: Float32Array
  /** [RECALL_QUERIES, dim], each of norm 1. */
  readonly recallQueries: Float32Array
}

/** Items around the hearts of clusters, and queries around some of them; the same at every call. */
export function makeDataset({ items, dim }: Size): Dataset {
  const random = seededRandom(items + dim)
  const clusters = Math.max(1, Math.round(items / CLUSTER_ITEMS))
  const hearts = Float32Array.from({ length: clusters * dim }, () => random() - 0.5)
  const floats = new Float32Array(new SharedArrayBuffer(items * dim * 4))
  const vectors = new Int8Array(new SharedArrayBuffer(items * dim))
  const scales = new Float32Array(new SharedArrayBuffer(items * 4))
  const queries = new Float32Array(new SharedArrayBuffer(QUERIES * dim * 4))
  const recallQueries = new Float32Array(new SharedArrayBuffer(RECALL_QUERIES * dim * 4))
  const place = (out: Float32Array, at: number, cluster: number) => {
    let squares = 0
    for (let j = 0; j < dim; j++) {
      const value = hearts[cluster * dim + j]! + NOISE * (random() - 0.5)
      out[at * dim + j] = value
      squares += value * value
    }
    const length = Math.sqrt(squares)
    for (let j = 0; j < dim; j++) out[at * dim + j]! /= length
  }
  const rounded = new Int8Array(dim)
  for (let item = 0; item < items; item++) {
    place(floats, item, Math.floor(random() * clusters))
    scales[item] = quantize(floats.subarray(item * dim, (item + 1) * dim), rounded, 0)
    vectors.set(rounded, item * dim)
  }
  for (let query = 0; query < QUERIES; query++) place(queries, query, Math.floor(random() * clusters))
  for (let query = 0; query < RECALL_QUERIES; query++) place(recallQueries, query, Math.floor(random() * clusters))
  return { items, dim, floats, vectors, scales, queries, recallQueries }
}
