import { describe, expect, it } from 'vitest'
import { RowBuilder } from '../../../pack/learn/row-builder'
import type { ModelPart } from '../../../worker/models/model-part'
import { openRowModel } from '../../../worker/models/row-model'
import { LEVELS, levelValues } from '../../../worker/models/sparse-rows'

/** 0 gives 1 four and 2 one; 1 gives 2 two; 2 gives nobody anything. */
function part(settings: Record<string, number> = { decay: 0.5 }): ModelPart {
  const rows = new RowBuilder(3, 10)
  rows.add([1, 2], [4, 1])
  rows.add([2], [2])
  rows.add([], [])
  const { tensors, settings: levels } = rows.finish()
  return { model: 'ease', settings: { ...levels, ...settings }, tensors }
}

/** A weight is kept to half a step of its level: 100,000 to 1 at most in 254 steps. */
const RELATIVE = Math.exp(Math.log(1e5) / (LEVELS - 1) / 2) - 1

function expectClose(values: Iterable<number>, expected: readonly number[]): void {
  for (const [at, value] of [...values].entries())
    expect(Math.abs(value - expected[at]!)).toBeLessThanOrEqual(RELATIVE * expected[at]! + 1e-6)
}

describe('a model of rows', () => {
  it('adds the rows of what was visited, the latest most, whatever was in `out`', () => {
    const out = new Float32Array(3).fill(7)
    openRowModel(part()).score({ items: Int32Array.of(0, 1) }, out)
    expectClose(out, [0, 2, 2.5])
  })

  it('counts what comes again again', () => {
    const out = new Float32Array(3)
    openRowModel(part()).score({ items: Int32Array.of(0, 0) }, out)
    expectClose(out, [0, 6, 1.5])
  })

  it('says nothing to an empty visit', () => {
    const out = new Float32Array(3).fill(7)
    openRowModel(part()).score({ items: new Int32Array() }, out)
    expect([...out]).toEqual([0, 0, 0])
  })

  it('explains a score by parts that add up to it', () => {
    const model = openRowModel(part())
    const items = Int32Array.of(0, 2, 1)
    const out = new Float32Array(3)
    const parts = new Float32Array(3)
    model.score({ items }, out)
    model.explain({ items }, 2, parts)
    expect(parts[0]! + parts[1]! + parts[2]!).toBeCloseTo(out[2]!, 6)
    expectClose(parts, [0.25, 0, 2])
  })

  it('refuses rows that point outside, or do not fit their lengths', () => {
    const good = part()
    const broken = (name: string, data: Uint8Array | Uint16Array) => () =>
      openRowModel({ ...good, tensors: { ...good.tensors, [name]: { shape: [data.length], data } } })
    expect(broken('items', Uint16Array.of(1, 3, 2))).toThrow('tensor "items" names row 3 of 3')
    expect(broken('lengths', Uint8Array.of(2, 2, 0))).toThrow('tensor "items" is Uint16Array of 3')
    expect(broken('weights', Uint8Array.of(1))).toThrow('tensor "weights" is Uint8Array of 1')
    expect(() => openRowModel({ ...good, settings: {} })).toThrow('setting "low" is undefined')
  })
})

describe('rows as they are written', () => {
  it('keeps the heaviest, of equal ones the lower item, and nothing that is not above 0', () => {
    const rows = new RowBuilder(5, 2)
    rows.add([4, 3, 2, 1, 0], [0.5, 1, 0.5, 0, -3])
    const { tensors } = rows.finish()
    expect([...tensors.lengths.data]).toEqual([2, 0, 0, 0, 0])
    expect([...tensors.items.data]).toEqual([3, 2])
  })

  it('keeps weights to a hundredth or so over five powers of ten, and the least as above 0', () => {
    const weights = Array.from({ length: 200 }, (_, at) => 10 ** (-at / 30))
    const rows = new RowBuilder(200, 255)
    rows.add(
      weights.map((_, at) => at),
      weights,
    )
    const { tensors, settings } = rows.finish()
    const values = levelValues(settings.low!, settings.high!)
    for (const [at, level] of tensors.weights.data.entries()) {
      expect(level).toBeGreaterThan(0)
      if (weights[at]! > 1e-5) expect(Math.abs(values[level]! / weights[at]! - 1)).toBeLessThanOrEqual(RELATIVE + 1e-6)
    }
  })

  it('holds one row of one weight, and none at all', () => {
    const one = new RowBuilder(2, 5)
    one.add([1], [0.3])
    const { tensors, settings } = one.finish()
    expect(levelValues(settings.low!, settings.high!)[tensors.weights.data[0]!]).toBeCloseTo(0.3, 6)
    const out = new Float32Array(2)
    openRowModel({
      model: 'ease',
      settings: { ...new RowBuilder(2, 5).finish().settings, decay: 1 },
      tensors: new RowBuilder(2, 5).finish().tensors,
    }).score({ items: Int32Array.of(0) }, out)
    expect([...out]).toEqual([0, 0])
  })
})
