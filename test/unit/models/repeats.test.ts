import { describe, expect, it } from 'vitest'
import { openRepeats, STEPS_BACK } from '../../../worker/models/repeats'

const CHANCES = Float32Array.from({ length: 2 * STEPS_BACK }, (_, at) => (at + 1) / 64)
const open = (data = CHANCES) =>
  openRepeats({ model: 'repeats', settings: { itemCount: 5 }, tensors: { chances: { shape: [2, 20], data } } })

function score(items: readonly number[]): number[] {
  const out = new Float32Array(5).fill(9)
  open().score({ items: Int32Array.from(items) }, out)
  return [...out]
}

describe('repeats', () => {
  it('score items of the visit by how long ago they were had, and others 0', () => {
    expect(score([3, 1])).toEqual([0, 1 / 64, 0, 2 / 64, 0])
    expect(score([])).toEqual([0, 0, 0, 0, 0])
  })

  it('tell items that were had again', () => {
    expect(score([3, 1, 3])).toEqual([0, 2 / 64, 0, 21 / 64, 0])
  })

  it('take what lies further back as the furthest', () => {
    expect(score([3, ...new Array(30).fill(1)])[3]).toBe(STEPS_BACK / 64)
  })

  it('explain by the last time', () => {
    const out = new Float32Array(3).fill(9)
    open().explain({ items: Int32Array.of(3, 1, 3) }, 3, out)
    expect([...out]).toEqual([0, 0, 21 / 64])
    open().explain({ items: Int32Array.of(3, 1, 3) }, 4, out)
    expect([...out]).toEqual([0, 0, 0])
  })

  it('refuse a tensor that does not fit', () => {
    expect(() => open(CHANCES.subarray(1))).toThrow('"chances"')
  })
})
