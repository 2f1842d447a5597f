import { describe, expect, test } from 'vitest'
import { IdleGate } from '../../../worker/idle-gate'

/** A gate whose clock moves when somebody sleeps; `each` runs at every step. */
function gateWith(each: (gate: IdleGate) => void = () => {}) {
  let now = 0
  const gate: IdleGate = new IdleGate(
    () => now,
    async (ms) => {
      now += ms
      // Nothing here waits for real time, so a gate that never opens would never end.
      if (now > 60_000) throw new Error('the gate did not open within a minute')
      each(gate)
    },
  )
  return { gate, elapsed: () => now }
}

describe('IdleGate', () => {
  test('opens after a tenth of a second of quiet', async () => {
    const { gate, elapsed } = gateWith()
    await gate.whenIdle()
    expect(elapsed()).toBe(100)
  })

  test('waits for what is under way', async () => {
    let finish = () => {}
    const { gate, elapsed } = gateWith(() => elapsed() === 500 && finish())
    void gate.during(() => new Promise<void>((resolve) => (finish = resolve)))
    await gate.whenIdle()
    expect(elapsed()).toBeGreaterThan(500)
    expect(elapsed()).toBeLessThan(1_000)
  })

  test('opens in the end for a page that never stops asking', async () => {
    const { gate, elapsed } = gateWith((own) => void own.during(async () => {}))
    await gate.whenIdle()
    expect(elapsed()).toBe(2_000)
  })

  test('work that fails is work that ended', async () => {
    const { gate, elapsed } = gateWith()
    await expect(gate.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await gate.whenIdle()
    expect(elapsed()).toBe(100)
  })
})
