import { expect, it } from 'vitest'
import { chooseKind, itemVectors } from '../../../../pack/make/item-vectors'
import { VECTOR_DIMS } from '../../../../src/shared/limits'

const items = Array.from({ length: 12 }, (_, at) => ({
  id: `${at}`,
  title: `Chair kind${String.fromCharCode(97 + (at >> 1))} made${String.fromCharCode(97 + (at % 5))}`,
  categories: [],
}))

it('never gives a mixture as many dimensions as the encoder has: a page would think it could be searched', async () => {
  const terms = await itemVectors(items, { kind: 'terms', support: 3 })
  const dim = VECTOR_DIMS - terms.vectors.dim
  const own = { values: Float32Array.from({ length: items.length * dim }, (_, at) => (at * 7) % 5), dim }
  const mixed = await itemVectors(items, { kind: 'mixed', own, support: 3 })
  expect(mixed.kinds).toEqual(['site', 'terms'])
  expect(mixed.vectors.dim).toBe(VECTOR_DIMS + 1)
  for (let row = 0; row < items.length; row++) {
    const values = mixed.vectors.values.subarray(row * (VECTOR_DIMS + 1), (row + 1) * (VECTOR_DIMS + 1))
    expect(Math.hypot(...values)).toBeCloseTo(1, 5)
    expect(values.at(-1)).toBe(0)
  }
})

it('is by default the site’s own, and else what the orders say', () => {
  expect(chooseKind(undefined, true)).toBe('site')
  expect(chooseKind(undefined, false)).toBe('auto')
})
