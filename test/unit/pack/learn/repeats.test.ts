import { describe, expect, it } from 'vitest'
import type { InteractionLog } from '../../../../pack/learn/interaction-log'
import { repeats } from '../../../../pack/learn/repeats'
import { STEPS_BACK } from '../../../../worker/models/repeats'

function logOf(sequences: readonly (readonly number[])[], more: Partial<InteractionLog> = {}): InteractionLog {
  const starts = [0]
  for (const items of sequences) starts.push(starts.at(-1)! + items.length)
  return { itemCount: 9, starts: Int32Array.from(starts), items: Int32Array.from(sequences.flat()), ...more }
}

const LOG = logOf([[0, 0, 1, 0], [2, 3, 2], [4, 5], [6]])

async function chances(log: InteractionLog, support: number): Promise<number[]> {
  return [...(await repeats.learn({ log, support, seed: 1 }, {})).tensors.chances!.data]
}

describe('learning how often visitors come back', () => {
  it('counts by steps back and by whether it was the first time', async () => {
    const all = await chances(LOG, 1)
    // One step: 0 of "0", not again of "0 0 1" (1), nor 2, 3, 4: one of five. Two steps: 2 of "2 3", after "0 0 1" 0 was had again.
    expect(all[0]).toBeCloseTo(1 / 5)
    expect(all[1]).toBe(1)
    expect(all[STEPS_BACK]).toBe(0) // "0 0", then 1
    expect(all[STEPS_BACK + 1]).toBe(1)
    expect(all.filter((chance) => chance > 0)).toHaveLength(3)
  })

  it('keeps what enough visitors did', async () => {
    expect(Math.max(...(await chances(LOG, 2)))).toBe(0)
    expect(repeats.canLearn({ log: LOG, support: 2, seed: 1 })).toBe(false)
    const twice = logOf([
      [2, 3, 2],
      [7, 8, 7],
    ])
    expect((await chances(twice, 2))[1]).toBe(1)
    expect((await chances({ ...twice, visitors: Int32Array.of(3, 3) }, 2))[1]).toBe(0)
  })

  it('counts far steps as the furthest', async () => {
    const far = Array.from({ length: 40 }, (_, at) => (at === 0 || at === 39 ? 0 : 1 + (at % 2)))
    expect((await chances(logOf([far]), 1))[STEPS_BACK - 1]).toBeGreaterThan(0)
  })

  it('cannot learn from those who never come back', () => {
    expect(repeats.canLearn({ log: logOf([[1, 2], [3]]), support: 1, seed: 1 })).toBe(false)
    expect(repeats.canLearn({ log: logOf([]), support: 1, seed: 1 })).toBe(false)
    expect(repeats.canLearn({ log: LOG, support: 1, seed: 1 })).toBe(true)
  })
})
