import { describe, expect, test } from 'vitest'
import { isCurrent, readRecord } from '../../../../worker/compute/calibration/calibration-record'

const CALIBRATION = {
  items: 1000,
  dim: 64,
  measuredAt: 5e11,
  rows: [
    { backend: 'wasm' as const, ms: 0.5 },
    { backend: 'js' as const, note: 'x' },
  ],
}
const RECORD = { device: 'here', adapter: 'nvidia', calibration: CALIBRATION }
const DAY_MS = 86_400_000

describe('what was kept', () => {
  test('is read as it was written', () => {
    expect(readRecord(structuredClone(RECORD))).toEqual(RECORD)
    expect(readRecord({ device: 'here', calibration: CALIBRATION })).toEqual({ device: 'here', calibration: CALIBRATION })
  })

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['a number, as other keys of the store hold', 7],
    ['null', null],
    ['no device', { calibration: CALIBRATION }],
    ['an adapter that is no text', { ...RECORD, adapter: 1 }],
    ['no calibration', { device: 'here' }],
    ['no items', { ...RECORD, calibration: { ...CALIBRATION, items: 0 } }],
    ['half an item', { ...RECORD, calibration: { ...CALIBRATION, items: 1.5 } }],
    ['no date', { ...RECORD, calibration: { ...CALIBRATION, measuredAt: Number.NaN } }],
    ['rows that are none', { ...RECORD, calibration: { ...CALIBRATION, rows: {} } }],
    ['an unknown backend', { ...RECORD, calibration: { ...CALIBRATION, rows: [{ backend: 'abacus', ms: 1 }] } }],
    ['a negative time', { ...RECORD, calibration: { ...CALIBRATION, rows: [{ backend: 'js', ms: -1 }] } }],
    ['a note that is no text', { ...RECORD, calibration: { ...CALIBRATION, rows: [{ backend: 'js', note: {} }] } }],
  ])('%s is no record', (_, value) => {
    expect(readRecord(value)).toBeUndefined()
  })
})

describe('a record holds', () => {
  const matrix = (count: number, dim = 64) => ({ count, dim, vectors: new Int8Array(0), scales: new Float32Array(0) })
  const { measuredAt } = CALIBRATION

  test.each([
    ['for the same catalog at once', matrix(1000), 'here', measuredAt, true],
    ['for one twice as large', matrix(2000), 'here', measuredAt + DAY_MS, true],
    ['for one half as large', matrix(500), 'here', measuredAt + 27 * DAY_MS, true],
    ['not for a larger one', matrix(2001), 'here', measuredAt, false],
    ['not for a smaller one', matrix(499), 'here', measuredAt, false],
    ['not for other vectors', matrix(1000, 128), 'here', measuredAt, false],
    ['not for another browser, engine or machine', matrix(1000), 'there', measuredAt, false],
    ['not after four weeks', matrix(1000), 'here', measuredAt + 28 * DAY_MS, false],
    ['not where the clock was set back since', matrix(1000), 'here', measuredAt - 1, false],
  ])('%s', (_, given, device, now, holds) => {
    expect(isCurrent(RECORD, given, device, now)).toBe(holds)
  })
})
