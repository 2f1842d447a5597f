import { describe, expect, test } from 'vitest'
import { SottoError } from '../../../src/shared/errors'
import type { Backend, StepDown } from '../../../src/shared/status'
import { JsIndex } from '../../../worker/compute/js-index'
import { SteppingIndex } from '../../../worker/compute/stepping-index'
import { fakeIndex } from '../../support/compute-fake-index'
import { randomMatrix, randomQueries } from '../../support/reference-top-k'

const MATRIX = randomMatrix(40, 8, 1)
const QUERIES = randomQueries(2, 8, 3)
const ROWS = Int32Array.of(3, 1, 39)

/** Three rungs: a GPU above WebAssembly above plain JavaScript. */
function ladder() {
  const steps: StepDown<Backend>[] = []
  const note = (step: StepDown<Backend>) => steps.push(step)
  const wasm = fakeIndex('wasm', MATRIX, { variant: 'simd' })
  const webgpu = fakeIndex('webgpu', MATRIX, { adapter: 'fake' })
  const cpu = new SteppingIndex(new JsIndex(MATRIX), note)
  const index = new SteppingIndex(cpu, note)
  cpu.setUpper(wasm)
  index.setUpper(webgpu)
  return { steps, wasm, webgpu, cpu, index }
}

function expectedScores(): Float32Array {
  const out = new Float32Array(ROWS.length)
  new JsIndex(MATRIX).scoreRows(QUERIES.subarray(0, 8), ROWS, out)
  return out
}

describe('SteppingIndex', () => {
  test('answers by the highest rung, and shows what that one is', async () => {
    const { index, wasm, webgpu, steps } = ladder()
    expect(await index.topK(QUERIES, 5)).toEqual(await new JsIndex(MATRIX).topK(QUERIES, 5))
    expect([index.backend, index.answering.adapter, webgpu.calls, wasm.calls]).toEqual(['webgpu', 'fake', 1, 0])
    index.setUpper(undefined)
    expect([index.backend, index.answering.variant, webgpu.disposals]).toEqual(['wasm', 'simd', 1])
    expect(steps).toEqual([])
  })

  test('requests in flight when the device is lost are finished one rung below, and the step is told once', async () => {
    const { index, wasm, webgpu, steps } = ladder()
    const expected = await new JsIndex(MATRIX).topK(QUERIES, 5)
    const both = [index.topK(QUERIES, 5), index.topK(QUERIES, 5)]
    webgpu.fail()
    expect(await Promise.all(both)).toEqual([expected, expected])
    expect(steps).toEqual([{ from: 'webgpu', to: 'wasm', reason: 'the device was lost' }])
    expect([index.backend, webgpu.disposals, wasm.calls]).toEqual(['wasm', 1, 2])
    expect(await index.topK(QUERIES, 5)).toEqual(expected)
    expect(webgpu.calls).toBe(2)
  })

  test('a request falls through all rungs where all fail', async () => {
    const { index, wasm, webgpu, steps } = ladder()
    webgpu.fail()
    wasm.fail(new RangeError('WebAssembly.Memory(): could not allocate memory'))
    expect(await index.topK(QUERIES, 5)).toEqual(await new JsIndex(MATRIX).topK(QUERIES, 5))
    expect(steps).toEqual([
      { from: 'webgpu', to: 'wasm', reason: 'the device was lost' },
      { from: 'wasm', to: 'js', reason: 'WebAssembly.Memory(): could not allocate memory' },
    ])
    expect([index.backend, wasm.disposals]).toEqual(['js', 1])
  })

  test.each([
    ['a SottoError', new SottoError('compute-failed', 'validation failed'), 'validation failed'],
    ['a trap', new WebAssembly.RuntimeError('unreachable'), 'unreachable'],
    ['no error at all', 'gone', 'gone'],
  ])('%s moves chosen rows down as well', (_, thrown, reason) => {
    const { index, webgpu, steps } = ladder()
    const out = new Float32Array(ROWS.length)
    index.scoreRows(QUERIES.subarray(0, 8), ROWS, out)
    expect(steps).toEqual([])
    webgpu.fail(thrown)
    out.fill(0)
    index.scoreRows(QUERIES.subarray(0, 8), ROWS, out)
    expect(out).toEqual(expectedScores())
    expect(steps).toEqual([{ from: 'webgpu', to: 'wasm', reason }])
  })

  test('a rung below that fails while it helps the one above is the one that is replaced', async () => {
    const { cpu, index, wasm, steps } = ladder()
    wasm.fail()
    expect(await cpu.topK(QUERIES, 5)).toHaveLength(2)
    expect(steps).toEqual([{ from: 'wasm', to: 'js', reason: 'the device was lost' }])
    expect(index.backend).toBe('webgpu')
  })

  test('a wrong argument is nobody’s failure', async () => {
    const { index, steps } = ladder()
    await expect(index.topK(new Float32Array(8), 0)).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(() => index.scoreRows(QUERIES, ROWS, new Float32Array(3))).toThrowError(expect.objectContaining({ code: 'invalid-argument' }))
    expect([index.backend, steps]).toEqual(['webgpu', []])
  })

  test('given up, it frees every rung and still finishes, which is nobody’s news', async () => {
    const { index, wasm, webgpu, steps } = ladder()
    const pending = index.topK(QUERIES, 5)
    index.dispose()
    expect([wasm.disposals, webgpu.disposals]).toEqual([1, 1])
    webgpu.fail()
    wasm.fail()
    expect(await pending).toHaveLength(2)
    expect(await index.topK(QUERIES, 5)).toEqual(await new JsIndex(MATRIX).topK(QUERIES, 5))
    expect(steps).toEqual([])
    const late = fakeIndex('webgpu', MATRIX)
    index.setUpper(late)
    expect(late.disposals).toBe(1)
  })

  test('what was replaced by something faster in mid-request is finished below, and no step', async () => {
    const { index, webgpu, steps } = ladder()
    const pending = index.topK(QUERIES, 5)
    webgpu.fail()
    index.setUpper(fakeIndex('webgpu', MATRIX, { adapter: 'other' }))
    expect(await pending).toHaveLength(2)
    expect([index.answering.adapter, steps]).toEqual(['other', []])
  })
})
