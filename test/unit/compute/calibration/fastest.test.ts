import { describe, expect, test } from 'vitest'
import type { Calibration } from '../../../../src/shared/status'
import { fastest } from '../../../../worker/compute/calibration/fastest'

const of = (rows: Calibration['rows']): Calibration => ({ items: 1000, dim: 64, measuredAt: 0, rows })

describe('fastest', () => {
  test.each<[string, Calibration['rows'], string]>([
    [
      'home is fastest',
      [
        { backend: 'wasm', ms: 1 },
        { backend: 'js', ms: 9 },
      ],
      'wasm',
    ],
    [
      'another is a little faster: not worth moving',
      [
        { backend: 'js', ms: 0.81 },
        { backend: 'wasm', ms: 1 },
      ],
      'wasm',
    ],
    [
      'another is clearly faster',
      [
        { backend: 'js', ms: 0.8 },
        { backend: 'wasm', ms: 1 },
      ],
      'js',
    ],
    [
      'the GPU is far ahead',
      [
        { backend: 'webgpu', ms: 3 },
        { backend: 'wasm', ms: 12 },
        { backend: 'js', ms: 90 },
      ],
      'webgpu',
    ],
    [
      'home could not be measured',
      [
        { backend: 'js', ms: 5 },
        { backend: 'wasm', note: 'no SIMD' },
      ],
      'js',
    ],
    [
      'nothing could be measured',
      [
        { backend: 'wasm', note: 'coarse' },
        { backend: 'js', note: 'coarse' },
      ],
      'wasm',
    ],
    [
      'everything takes no time',
      [
        { backend: 'js', ms: 0 },
        { backend: 'wasm', ms: 0 },
      ],
      'js',
    ],
  ])('%s', (_, rows, backend) => {
    expect(fastest(of(rows), 'wasm', []).backend).toBe(backend)
  })

  test('what failed on this page is left out, and the reason holds the figures', () => {
    const rows: Calibration['rows'] = [
      { backend: 'webgpu', ms: 3.149 },
      { backend: 'wasm', ms: 12.345 },
      { backend: 'js', ms: 90 },
    ]
    expect(fastest(of(rows), 'wasm', [])).toEqual({
      backend: 'webgpu',
      reason: 'one query over 1000 × 64: webgpu 3.1 ms, wasm 12 ms, js 90 ms',
    })
    expect(fastest(of(rows), 'wasm', [{ from: 'webgpu', to: 'wasm', reason: 'lost' }])).toEqual({
      backend: 'wasm',
      reason: 'one query over 1000 × 64: wasm 12 ms, js 90 ms',
    })
  })

  test('the reason says why WebAssembly is not possible, shortly', () => {
    const js = { backend: 'js', ms: 0.056 } as const
    const over = 'one query over 1000 × 64: js 0.056 ms; WebAssembly is not possible'
    expect(fastest(of([js, { backend: 'wasm', note: 'no SIMD' }]), 'wasm', []).reason).toBe(`${over}: no SIMD`)
    const lost = { from: 'wasm', to: 'js', reason: 'trapped' } as const
    expect(fastest(of([{ backend: 'wasm', ms: 0.01 }, js]), 'wasm', [lost]).reason).toBe(`${over}: trapped`)
    const policy = "directive because 'unsafe-eval' is not allowed; allow 'wasm-unsafe-eval'"
    expect(fastest(of([js, { backend: 'wasm', note: policy }]), 'wasm', []).reason).toBe(
      `${over}: the Content-Security-Policy must allow 'wasm-unsafe-eval'`,
    )
    const long = fastest(of([js, { backend: 'wasm', note: 'no '.repeat(100) }]), 'wasm', []).reason
    expect(long).toBe(`${over}: ${'no '.repeat(40)}…`)
  })
})
