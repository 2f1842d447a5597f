import { afterEach, describe, expect, test, vi } from 'vitest'
import { cdp } from 'vitest/browser'
import { JsIndex } from '../../worker/compute/js-index'
import { relaxedSimd, simd } from '../../worker/compute/kernel/assembly/index?kernel'
import { allocateMatrix } from '../../worker/compute/matrix-memory'
import type { VectorMatrix } from '../../worker/compute/vector-index'
import type { TopKTarget } from '../../worker/compute/wasm-index'
import { createWasmIndex } from '../support/create-wasm-index'
import { randomMatrix, randomQueries } from '../support/reference-top-k'

afterEach(() => vi.unstubAllGlobals())

/** The same rows where the index scans them in place, with room for more. */
function inMemory({ count, dim, vectors, scales }: VectorMatrix, capacity: number): VectorMatrix {
  const storage = allocateMatrix(capacity, dim)
  storage.vectors.set(vectors.subarray(0, storage.vectors.length))
  storage.scales.set(scales.subarray(0, capacity))
  return { count, dim, ...storage }
}

function targetFor(queryCount: number, k: number): TopKTarget {
  return { indices: new Int32Array(queryCount * k), scores: new Float32Array(queryCount * k), sizes: new Int32Array(queryCount) }
}

/** WebAssembly with some of it replaced. */
function stubWebAssembly(replaced: object) {
  vi.stubGlobal('WebAssembly', Object.create(WebAssembly, Object.getOwnPropertyDescriptors(replaced)))
}

describe('indexes over one memory', () => {
  test('leave one another no mask', async () => {
    const matrix = inMemory(randomMatrix(200, 8, 3), 200)
    const older = createWasmIndex({ ...matrix, count: 100 })
    const newer = createWasmIndex(matrix)
    const query = randomQueries(1, 8, 5)
    const before = await older.topK(query, 3)
    const excluded = new Uint32Array(7).fill(-1)
    await newer.topK(query, 3, excluded)
    expect(await older.topK(query, 3)).toEqual(before)
  })

  test('score more rows than there is room for at once', () => {
    const matrix = randomMatrix(50, 8, 3)
    const rows = Int32Array.from({ length: 20_001 }, (_, at) => (at * 7) % 50)
    const query = randomQueries(1, 8, 5)
    const scores = new Float32Array(rows.length)
    createWasmIndex(matrix).scoreRows(query, rows, scores)
    const expected = new Float32Array(rows.length)
    new JsIndex(matrix).scoreRows(query, rows, expected)
    expect(scores).toEqual(expected)
  })
})

describe('the kernel', () => {
  test.each([
    ['relaxed-simd', relaxedSimd],
    ['simd', simd],
  ])('%s: at most 4 KB, memory from outside and nothing else', (variant, text) => {
    const bytes = Uint8Array.from(text.match(/../g)!, (pair) => Number.parseInt(pair, 16))
    console.info(`${variant}: ${bytes.length} bytes`)
    expect(bytes.length).toBeLessThanOrEqual(4096)
    const module = new WebAssembly.Module(bytes)
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }])
  })

  test('this browser has relaxed SIMD, and its results are those needed', () => {
    expect(createWasmIndex(randomMatrix(10, 4, 1)).variant).toBe('relaxed-simd')
  })

  test('without relaxed SIMD: plain SIMD; without any: a clear reason', () => {
    const { validate } = WebAssembly
    const isRelaxed = (bytes: Uint8Array) => bytes.length === relaxedSimd.length / 2
    stubWebAssembly({ validate: (bytes: Uint8Array<ArrayBuffer>) => !isRelaxed(bytes) && validate(bytes) })
    expect(createWasmIndex(randomMatrix(10, 4, 1)).variant).toBe('simd')
    stubWebAssembly({ validate: () => false })
    expect(() => createWasmIndex(randomMatrix(10, 4, 1))).toThrow(/no SIMD/)
  })

  test('a processor that computes the relaxed instruction otherwise gets plain SIMD', () => {
    const { Instance } = WebAssembly
    class Disagreeing {
      readonly exports: object
      constructor(module: WebAssembly.Module, imports: WebAssembly.Imports) {
        const { exports } = new Instance(module, imports)
        const isRelaxed = made++ === 0
        this.exports = { ...exports, agrees: isRelaxed ? () => 0 : exports.agrees }
      }
    }
    let made = 0
    stubWebAssembly({ Instance: Disagreeing })
    expect(createWasmIndex(randomMatrix(10, 4, 1)).variant).toBe('simd')
    expect(made).toBe(2)
  })

  test('where it cannot work it says why', () => {
    const matrix = randomMatrix(10, 4, 1)
    const failure = (message: RegExp) => expect.objectContaining({ code: 'compute-failed', message: expect.stringMatching(message) })
    vi.stubGlobal('WebAssembly', undefined)
    expect(() => createWasmIndex(matrix)).toThrow(failure(/this browser has none/))
    expect(allocateMatrix(10, 4).memory).toBeUndefined()
    vi.unstubAllGlobals()
    const refuse = (thrown: Error) =>
      class {
        constructor() {
          throw thrown
        }
      }
    // What Chromium throws under a policy without wasm-unsafe-eval.
    stubWebAssembly({ Module: refuse(new WebAssembly.CompileError('Wasm code generation disallowed by embedder')) })
    expect(() => createWasmIndex(matrix)).toThrow(failure(/disallowed by embedder/))
    stubWebAssembly({ Memory: refuse(new RangeError('could not allocate memory')) })
    expect(() => createWasmIndex(matrix)).toThrow(failure(/no memory for 10 × 4/))
    expect(allocateMatrix(10, 4)).toEqual({ vectors: new Int8Array(40), scales: new Float32Array(10) })
  })
})

describe('memory', () => {
  test.each([
    [100_000, 64],
    [100_000, 128],
    [200_000, 64],
    [300_000, 100],
    [50_000, 384],
  ])('%i × %i takes at most 1.1 times its vectors', (count, dim) => {
    const { memory } = allocateMatrix(count, dim)
    expect(memory!.memory.buffer.byteLength).toBeLessThanOrEqual(1.1 * count * dim)
  })

  test('a catalog that grows: nothing is compiled again, old indexes stay as they were, new rows count', async () => {
    const all = randomMatrix(3000, 24, 5)
    const grown = inMemory(all, 3000)
    const compile = vi.spyOn(WebAssembly, 'Module')
    const early = createWasmIndex({ ...grown, count: 1001 })
    const queries = randomQueries(3, 24, 6)
    const before = await early.topK(queries, 20)
    const late = createWasmIndex(grown)
    expect(compile).toHaveBeenCalledTimes(1)
    expect(before).toEqual(await createWasmIndex({ ...all, count: 1001 }).topK(queries, 20))
    expect(await late.topK(queries, 20)).toEqual(await createWasmIndex(all).topK(queries, 20))
    expect(await early.topK(queries, 20)).toEqual(before)
    compile.mockRestore()
  })

  test('the memory that is given is used, plain arrays are copied', async () => {
    const plain = randomMatrix(100, 8, 7)
    const stored = inMemory(plain, 100)
    const queries = randomQueries(1, 8, 8)
    const indexes = [createWasmIndex(plain), createWasmIndex(stored)]
    const [before] = await indexes[0]!.topK(queries, 5)
    plain.vectors.fill(0)
    stored.vectors.fill(0)
    expect(await indexes[0]!.topK(queries, 5)).toEqual([before])
    expect((await indexes[1]!.topK(queries, 5))[0]!.indices).toEqual(Int32Array.of(0, 1, 2, 3, 4))
  })
})

describe('topKInto', () => {
  test('gives what topK gives, where it is told to', async () => {
    const index = createWasmIndex(randomMatrix(500, 12, 9))
    const queries = randomQueries(3, 12, 10)
    const target = targetFor(4, 10)
    index.topKInto(queries, 10, target)
    const found = await index.topK(queries, 10)
    expect([...target.sizes]).toEqual([10, 10, 10, 0])
    for (const [q, { indices, scores }] of found.entries()) {
      expect(target.indices.slice(q * 10, q * 10 + 10)).toEqual(indices)
      expect(target.scores.slice(q * 10, q * 10 + 10)).toEqual(scores)
    }
    expect(() => index.topKInto(queries, 14, target)).toThrow(/target is too short/)
  })

  test('10,000 queries make no garbage; through topK they do', { timeout: 120_000 }, async () => {
    const QUERIES = 10_000
    const index = createWasmIndex(randomMatrix(500, 64, 11))
    const queries = randomQueries(3, 64, 12)
    const target = targetFor(3, 20)
    const excluded = new Uint32Array(16).fill(5)
    const directly = () => {
      for (let times = 0; times < QUERIES; times++) index.topKInto(queries, 20, target, times % 2 ? excluded : undefined)
    }
    const throughTopK = async () => {
      for (let times = 0; times < QUERIES; times++) await index.topK(queries, 20)
    }
    // The smallest object, a boxed number, takes 12 bytes: what is less than one a query is the measuring's own.
    const none = 8
    let direct = Number.POSITIVE_INFINITY
    // Until it is compiled, which happens beside it and in its own time: an interpreter boxes every number.
    for (let times = 0; times < 8 && direct >= none; times++) direct = (await allocatedBy(directly)) / QUERIES
    const wrapped = (await allocatedBy(throughTopK)) / QUERIES
    console.info(`bytes a query: ${direct.toFixed(2)} by topKInto, ${wrapped.toFixed(0)} by topK`)
    expect(direct).toBeLessThan(none)
    expect(wrapped).toBeGreaterThan(500)
  })
})

/** Bytes that `work` allocated on the JavaScript heap, by V8's sampling profiler: what was collected meanwhile is counted too. */
async function allocatedBy(work: () => void | Promise<void>): Promise<number> {
  // The types of the package know no commands of the protocol.
  const session = cdp() as unknown as { send(method: string, parameters?: object): Promise<unknown> }
  const flags = { samplingInterval: 512, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true }
  await session.send('HeapProfiler.startSampling', flags)
  await work()
  const { profile } = (await session.send('HeapProfiler.stopSampling')) as { profile: { samples: { size: number }[] } } // as the protocol says
  return profile.samples.reduce((sum, { size }) => sum + size, 0)
}
