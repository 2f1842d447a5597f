import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { encoderFromDisk } from '../../../pack/encoder-from-disk'
import { VECTOR_DIMS } from '../../../src/shared/limits'
import { itemVector } from '../../../worker/catalog/item-vector'
import { quantize } from '../../../worker/catalog/quantize'
import { JsIndex } from '../../../worker/compute/js-index'
import { RefinedIndex } from '../../../worker/compute/refined-index'
import { unitRow } from '../../../worker/compute/row-vectors'
import type { FineMatrix, VectorIndex, VectorMatrix } from '../../../worker/compute/vector-index'
import type { Encoder } from '../../../worker/text/encoder'
import { toUnit } from '../../../worker/text/to-unit'
import { superstoreItems } from '../../support/reference-catalog'
import { seededRandom } from '../../support/reference-top-k'

const DIM = VECTOR_DIMS
const K = 20
const QUERIES = 100
/** Items of the same text have the same score; float sums of theirs may still differ in the last places. */
const TIE = 1e-6

const ICECAT = join(process.env.SOTTO_DATA ?? join(import.meta.dirname, '../../../../shared/data'), 'icecat/products-19406.jsonl.gz')
const hasIcecat = existsSync(ICECAT)
if (!hasIcecat) console.warn(`recall on 19,406 product titles is not measured: there is no ${ICECAT}; name its folder in SOTTO_DATA`)

/** Vectors of norm 1, in float32, one below the other. */
type Originals = { readonly values: Float32Array; readonly count: number }

function randomVectors(count: number): Originals {
  const random = seededRandom(17)
  // Box and Muller: so every direction is as likely as every other.
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return stack(Array.from({ length: count }, () => Float32Array.from({ length: DIM }, normal)))
}

function stack(vectors: readonly Float32Array[]): Originals {
  const values = new Float32Array(vectors.length * DIM)
  for (const [index, vector] of vectors.entries()) values.set(toUnit(vector), index * DIM)
  return { values, count: vectors.length }
}

function productTexts(encoder: Encoder): Originals {
  const lines = gunzipSync(readFileSync(ICECAT)).toString('utf8').trim().split('\n')
  return stack(
    lines.map((line, index) => {
      const { title, brand }: { title: string; brand?: string } = JSON.parse(line)
      return itemVector(encoder, { id: String(index), title, categories: [], ...(brand && { brand }) })
    }),
  )
}

/** @param residuals overwritten, where there are to be some. */
function quantized({ values, count }: Originals, residuals?: Int8Array): VectorMatrix {
  const vectors = new Int8Array(count * DIM)
  const row = (index: number) => values.subarray(index * DIM, (index + 1) * DIM)
  const scales = Float32Array.from({ length: count }, (_, index) => quantize(row(index), vectors, index * DIM, residuals))
  return { count, dim: DIM, vectors, scales }
}

/** Cosines of one original to all of them, in float64. */
function cosines({ values, count }: Originals, like: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => {
    let sum = 0
    for (let at = 0; at < DIM; at++) sum += values[like * DIM + at]! * values[index * DIM + at]!
    return sum
  })
}

/** The share of the best 20 by float32 that an index finds, asked as `similar` asks: by the row that it has of an item. */
async function recall(originals: Originals, isFine: boolean) {
  const residuals = new Int8Array(originals.values.length)
  const fine: FineMatrix = { ...quantized(originals, residuals), residuals }
  const matrix = isFine ? fine : quantized(originals)
  const js = new JsIndex(matrix)
  const index: VectorIndex = isFine ? new RefinedIndex(js, fine) : js
  let strict = 0
  let orTied = 0
  for (let query = 0; query < QUERIES; query++) {
    const like = (query * 7919) % originals.count
    const exact = cosines(originals, like)
    const best = [...exact.keys()].sort((a, b) => exact[b]! - exact[a]! || a - b).slice(0, K)
    const floor = exact[best.at(-1)!]! - TIE
    const [found] = await index.topK(unitRow(matrix, like), K)
    strict += best.filter((item) => found!.indices.includes(item)).length
    orTied += found!.indices.filter((item) => exact[item]! >= floor).length
  }
  return { strict: strict / (QUERIES * K), orTied: orTied / (QUERIES * K) }
}

describe('recall at 20 against float32, of rows with residuals', () => {
  let encoder: Encoder
  beforeAll(async () => {
    encoder = await encoderFromDisk()
  })
  const sources: readonly (readonly [name: string, make: () => Originals])[] = [
    ['10,000 random vectors', () => randomVectors(10_000)],
    ['1,894 office products', () => stack(superstoreItems().map((item) => itemVector(encoder, item)))],
    ...(hasIcecat ? [['19,406 product titles', () => productTexts(encoder)] as const] : []),
  ]
  test.each(sources)('%s: at least 0.99', { timeout: 60_000 }, async (name, make) => {
    const originals = make()
    const [coarse, fine] = [await recall(originals, false), await recall(originals, true)]
    const show = ({ strict, orTied }: typeof fine) => `${strict.toFixed(4)} (${orTied.toFixed(4)} with ties)`
    console.info(`recall at ${K}, ${name}: int8 alone ${show(coarse)}, with residuals ${show(fine)}`)
    expect(fine.strict).toBeGreaterThanOrEqual(0.99)
    expect(fine.orTied).toBeGreaterThanOrEqual(0.99)
    expect(fine.orTied).toBeGreaterThanOrEqual(coarse.orTied)
  })
})
