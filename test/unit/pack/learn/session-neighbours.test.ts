import { describe, expect, it } from 'vitest'
import type { InteractionLog } from '../../../../pack/learn/interaction-log'
import { sessionNeighbours } from '../../../../pack/learn/session-neighbours'
import { openSessionNeighbours } from '../../../../worker/models/session-neighbours'

const LOG: InteractionLog = {
  itemCount: 5,
  starts: Int32Array.of(0, 3, 5, 8, 9),
  items: Int32Array.of(0, 1, 2, 1, 0, 3, 0, 1, 4),
}

async function learn(support: number, log = LOG) {
  return await sessionNeighbours.learn({ log, support, seed: 1 }, {})
}

describe('learning session neighbours', () => {
  it('keeps the sessions themselves for measurements only', async () => {
    const { tensors } = await learn(1)
    expect([...tensors.lengths!.data]).toEqual([3, 2, 3])
    expect([...tensors.items!.data]).toEqual([0, 1, 2, 1, 0, 3, 0, 1])
  })

  it('keeps what three visitors had, and of no session more', async () => {
    const { tensors } = await learn(3)
    expect([...tensors.lengths!.data]).toEqual([2])
    expect([...tensors.items!.data]).toEqual([0, 1])
    expect([...tensors.counts!.data]).toEqual([3])
    expect([...(await learn(4)).tensors.items!.data]).toEqual([])
  })

  it('makes a part that opens and answers, even of nothing', async () => {
    const out = new Float32Array(5)
    openSessionNeighbours(await learn(3)).score({ items: Int32Array.of(0) }, out)
    expect(out[1]).toBeGreaterThan(0)
    expect([...out.slice(2)]).toEqual([0, 0, 0])
    openSessionNeighbours(await learn(9)).score({ items: Int32Array.of(0) }, out)
    expect([...out]).toEqual([0, 0, 0, 0, 0])
  })

  it('keeps days where times are known', async () => {
    const times = Float64Array.from(LOG.items, (_, at) => at * 86_400_000)
    const { tensors } = await learn(1, { ...LOG, times })
    expect([...tensors.days!.data]).toEqual([2, 4, 7])
    expect((await learn(1)).tensors.days).toBeUndefined()
  })

  it('needs a sequence of two', () => {
    const alone = { itemCount: 5, starts: Int32Array.of(0, 1, 2), items: Int32Array.of(0, 1) }
    expect(sessionNeighbours.canLearn({ log: LOG, support: 1, seed: 1 })).toBe(true)
    expect(sessionNeighbours.canLearn({ log: alone, support: 1, seed: 1 })).toBe(false)
  })
})
