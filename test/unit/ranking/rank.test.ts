import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Checkpoint } from '../../../worker/history/checkpoint'
import { rank } from '../../../worker/ranking/rank'
import { axes, checkpointOf, recordedCatalog, touchOf } from '../../support/reference-catalog'
import { contextOf } from './context-of'

const IDS = ['a0', 'a1', 'a2', 'b0', 'b1', 'b2']

function context(checkpoint: Checkpoint) {
  const items = IDS.map((id) => ({ id, title: id, categories: [id[0]!] }))
  return contextOf(
    recordedCatalog(items, ({ id }) => axes(2, [id[0] === 'a' ? 0 : 1, 1])),
    checkpoint,
  )
}

describe('rank', () => {
  test('nothing known: as given', async () => {
    expect(await rank(['b1', 'a0', 'x'], context(checkpointOf()))).toEqual(['b1', 'a0', 'x'])
  })

  test('only dislikes known: as given', async () => {
    expect(await rank(['b1', 'a0'], context(checkpointOf(touchOf('b1', { weight: -5, rejected: true }))))).toEqual(['b1', 'a0'])
  })

  test('nearest to the interest first, the more popular of equals', async () => {
    const liked = context(checkpointOf(touchOf('b0')))
    expect(await rank(['a0', 'b2', 'a1', 'b1'], liked)).toEqual(['b1', 'b2', 'a0', 'a1'])
  })

  test('ids that the catalog lacks keep their places', async () => {
    const liked = context(checkpointOf(touchOf('b0')))
    expect(await rank(['x', 'a0', 'y', 'b1', 'z'], liked)).toEqual(['x', 'b1', 'y', 'a0', 'z'])
  })

  test('bought behind the rest, rejected last', async () => {
    const touches = [touchOf('b0'), touchOf('b1', { bought: true }), touchOf('b2', { weight: -1, rejected: true })]
    expect(await rank(['b2', 'b1', 'b0', 'a0'], context(checkpointOf(...touches)))).toEqual(['b0', 'a0', 'b1', 'b2'])
  })

  test('the same ids come back, however often each was given, and ranking twice changes nothing', async () => {
    const liked = context(checkpointOf(touchOf('b0'), touchOf('a1', { weight: 0.2 })))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...IDS, 'x', 'y'), { maxLength: 20 }), async (ids) => {
        const order = await rank(ids, liked)
        expect([...order].sort()).toEqual([...ids].sort())
        expect(await rank(order, liked)).toEqual(order)
      }),
    )
  })

  test('reads no fields', async () => {
    const liked = context(checkpointOf(touchOf('b0')))
    await rank(IDS, liked)
    expect(liked.catalog.reads).toEqual([])
  })
})
