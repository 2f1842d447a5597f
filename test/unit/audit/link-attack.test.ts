import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../bench/support/seeded-random'
import { EPOCH_MS, epochStart } from '../../../src/shared/signals/epoch'
import { attackAuc, type Pair, type Seen } from '../../audit/link-attack'
import { seededBytes } from '../../support/seeded-bytes'

const bytes = seededBytes(4)
const random = seededRandom(4)
const PAIRS = 600

function seen(change: Partial<Seen> = {}): Seen {
  return { url: 'https://collect.example', at: random() * 2e9, envelope: '{}', body: bytes(40), ...change }
}

/** Pairs of strangers, and pairs of which the second takes something of the first. */
function attack(linked: (first: Seen) => Partial<Seen>): number {
  const strangers = Array.from({ length: PAIRS }, (): Pair => [seen(), seen()])
  const own = Array.from({ length: PAIRS }, (): Pair => {
    const first = seen()
    return [first, seen(linked(first))]
  })
  return attackAuc(own, strangers)
}

describe('the attack that links reports', () => {
  it('finds nothing where there is nothing', () => {
    expect(Math.abs(attack(() => ({})) - 0.5)).toBeLessThan(0.06)
  })

  it.each<readonly [string, (first: Seen) => Partial<Seen>]>([
    ['a number that stays', ({ body }) => ({ body: Uint8Array.from([...body.subarray(0, 32), ...bytes(8)]) })],
    ['a header', () => ({ envelope: '{"cookie":"1"}' })],
    ['a size', ({ body }) => ({ body: Uint8Array.from([...body, 0]) })],
    ['an hour of the week', ({ at }) => ({ at: at + 7 * 86_400_000 + 60_000 * random() })],
    ['the millisecond', ({ at }) => ({ at: at + 1000 * Math.floor(1e6 * random()) })],
  ])('finds %s', (_, linked) => {
    expect(attack(linked)).toBeGreaterThan(0.8)
  })

  it('finds two that are told in their own week, of a tenth that are', () => {
    const bodyAbout = (epoch: number) => {
      const body = bytes(40)
      new DataView(body.buffer).setUint32(4, epoch, true)
      return body
    }
    const told = (isHasty: boolean) => seen({ at: epochStart(isHasty ? 2900 : 2901) + random() * EPOCH_MS, body: bodyAbout(2900) })
    const isHasty = () => random() < 0.1
    const own = Array.from({ length: 4 * PAIRS }, (): Pair => {
      const both = isHasty()
      return [told(both), told(both)]
    })
    const strangers = Array.from({ length: 4 * PAIRS }, (): Pair => [told(isHasty()), told(isHasty())])
    expect(attackAuc(own, strangers)).toBeGreaterThan(0.55)
  })
})
