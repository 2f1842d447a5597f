import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InteractionLog } from '../../../../pack/learn/interaction-log'
import { frequentSets, wholeSessions } from '../../../../pack/learn/told-sessions'

function logOf(sequences: readonly (readonly number[])[], more: Partial<InteractionLog> = {}): InteractionLog {
  const starts = [0]
  for (const items of sequences) starts.push(starts.at(-1)! + items.length)
  return { itemCount: 8, starts: Int32Array.from(starts), items: Int32Array.from(sequences.flat()), ...more }
}

/** The same, by asking of every set of items each session. */
function slowSets(sequences: readonly (readonly number[])[], visitors: readonly number[], support: number, largest: number) {
  const found: Record<string, number> = {}
  for (let bits = 0; bits < 256; bits++) {
    const set = [0, 1, 2, 3, 4, 5, 6, 7].filter((item) => (bits >> item) & 1)
    if (set.length < 2 || set.length > largest) continue
    const holders = new Set(visitors.filter((_, session) => set.every((item) => sequences[session]!.includes(item))))
    if (holders.size >= support) found[set.join()] = holders.size
  }
  return found
}

describe('whole sessions', () => {
  it('are as they were, an item where it came last, without sessions of one item', () => {
    const { rows, counts } = wholeSessions(logOf([[1, 2, 1, 3], [4, 4], [], [5, 6]]))
    expect(rows.map((row) => [...row])).toEqual([
      [2, 1, 3],
      [5, 6],
    ])
    expect([...counts]).toEqual([1, 1])
  })

  it('are baskets where the log has them, each with its own end', () => {
    const baskets = Int32Array.of(0, 0, 1, 1, 0, 0)
    const times = Float64Array.of(1, 2, 3, 4, 5, 6)
    const sessions = wholeSessions(
      logOf(
        [
          [0, 1, 2, 3],
          [4, 5],
        ],
        { baskets, times },
      ),
    )
    expect(sessions.rows.map((row) => [...row])).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ])
    expect([...sessions.times!]).toEqual([2, 4, 6])
    expect([...sessions.visitors]).toEqual([0, 0, 1])
  })
})

describe('frequent sets', () => {
  it('are those that every single session tells, counted by visitors', () => {
    const session = fc.array(fc.nat(7), { maxLength: 6 })
    const visits = fc.array(fc.tuple(session, fc.nat(4)), { maxLength: 12 })
    fc.assert(
      fc.property(visits, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 4 }), (each, support, largest) => {
        const sequences = each.map(([items]) => items)
        const visitors = each.map(([, visitor]) => visitor)
        const { rows, counts } = frequentSets(logOf(sequences, { visitors: Int32Array.from(visitors) }), support, largest)
        const found = Object.fromEntries(rows.map((row, at) => [row.join(), counts[at]]))
        expect(found).toEqual(slowSets(sequences, visitors, support, largest))
        expect(Object.keys(found)).toHaveLength(rows.length)
      }),
    )
  })

  it('tell the mean time of the sessions that hold them', () => {
    const log = logOf([[0, 1], [1, 0, 2], [3]], { times: Float64Array.of(0, 10, 0, 0, 30, 99) })
    const { rows, times } = frequentSets(log, 2, 3)
    expect(rows.map((row) => [...row])).toEqual([[0, 1]])
    expect([...times!]).toEqual([20])
  })
})
