import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findId, orderIds } from '../../../worker/catalog/id-lookup'

describe('findId', () => {
  it('finds each id where it stands, and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary' }), { maxLength: 60 }), fc.string({ unit: 'binary' }), (ids, other) => {
        const order = orderIds(ids)
        expect(ids.map((id) => findId(ids, order, id))).toEqual([...ids.keys()])
        expect(findId(ids, order, other)).toBe(ids.indexOf(other))
      }),
    )
  })

  it('finds nothing among none', () => {
    expect(findId([], orderIds([]), 'a')).toBe(-1)
  })
})
