import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listIds, savedIds } from '../../../worker/catalog/id-list'
import { endsOf, orderIds } from '../../../worker/catalog/id-order'

const saved = (ids: readonly string[]) => savedIds(ids.join('\n'), endsOf(ids), orderIds(ids))
const id = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes('\n'))

describe('savedIds', () => {
  it('has each id where it stands, finds it there, and finds no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 60 }), id, (ids, other) => {
        const list = saved(ids)
        expect(list.length).toBe(ids.length)
        expect(ids.map((_, index) => list.at(index))).toEqual(ids)
        expect(ids.map((one) => list.find!(one))).toEqual([...ids.keys()])
        expect(list.find!(other)).toBe(ids.indexOf(other))
        expect(list.toArray()).toEqual(ids)
      }),
    )
  })

  it('makes all strings once', () => {
    const list = saved(['a', 'b'])
    expect(list.toArray()).toBe(list.toArray())
  })

  it('finds nothing among none', () => {
    expect(savedIds('', new Uint32Array(0), new Uint32Array(0)).find!('a')).toBe(-1)
  })
})

describe('listIds', () => {
  it('is the list it was made of', () => {
    const ids = ['b', 'a']
    expect([listIds(ids).length, listIds(ids).at(1), listIds(ids).toArray()]).toEqual([2, 'a', ids])
  })
})
