import { expect, test } from 'vitest'
import { PartReader } from '../../../worker/models/part-reader'

const reader = new PartReader({
  model: 'ease',
  settings: { decay: 0.5 },
  tensors: { weights: { shape: [3], data: Uint8Array.of(1, 2, 3) } },
})

test('gives settings and tensors by name', () => {
  expect(reader.setting('decay')).toBe(0.5)
  expect(reader.setting('halfLifeDays', 0)).toBe(0)
  expect([...reader.tensor('weights', [Uint8Array], 3)]).toEqual([1, 2, 3])
})

test('names what is missing or does not fit', () => {
  expect(() => reader.setting('low')).toThrow('part of model "ease": setting "low" is undefined, expected a number')
  expect(() => reader.tensor('items', [Uint16Array])).toThrow('tensor "items" is missing')
  expect(() => reader.tensor<Uint16Array | Uint32Array>('weights', [Uint16Array, Uint32Array])).toThrow(
    'Uint8Array of 3, expected Uint16Array or Uint32Array',
  )
  expect(() => reader.tensor('weights', [Uint8Array], 4)).toThrow('Uint8Array of 3, expected Uint8Array of 4')
})
