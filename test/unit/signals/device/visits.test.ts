import { describe, expect, test } from 'vitest'
import { epochOf, epochStart } from '../../../../src/shared/signals/epoch'
import { RandomIntegers } from '../../../../src/shared/signals/random-integers'
import { delayOf, drawPause, LONGEST_DELAY_MS, nextVisit, type Visit } from '../../../../worker/signals/visits'
import { addVitals, type PageVitals } from '../../../../worker/signals/vitals'
import { seededBytes } from '../../../support/seeded-bytes'

const random = new RandomIntegers(seededBytes(7))
const QUIET: PageVitals = { backend: 'none', hasFailed: false, slots: [] }
const NOON = epochStart(2900) + 12 * 3_600_000
const MINUTE = 60_000

const next = (kept: Visit | undefined, now: number, page = QUIET) => nextVisit(kept, now, random, page)

describe('visits', () => {
  test('go on for as long as no half hour passes between pages', () => {
    const first = next(undefined, NOON)
    expect(first).toMatchObject({ count: 1, firstEpoch: 2900, restUntil: 0, seenAt: NOON })
    const later = next(first, NOON + 29 * MINUTE)
    expect(later).toMatchObject({ count: 1, moment: first.moment, seenAt: NOON + 29 * MINUTE })
    expect(next(later, NOON + 58 * MINUTE).count).toBe(1)
    expect(next(later, NOON + 59 * MINUTE)).toMatchObject({ count: 2, firstEpoch: 2900 })
  })

  test('are not noted page by page', () => {
    const first = next(undefined, NOON)
    expect(next(first, NOON + MINUTE - 1)).toBe(first)
    expect(next(first, NOON + MINUTE)).not.toBe(first)
  })

  test('have one turn, which begins at any moment of their first 22.5 seconds', () => {
    const delays = Array.from({ length: 500 }, () => delayOf(next(undefined, NOON), NOON)!)
    expect(Math.min(...delays)).toBeLessThan(LONGEST_DELAY_MS / 20)
    expect(Math.max(...delays)).toBeGreaterThan((LONGEST_DELAY_MS * 19) / 20)
    expect(Math.max(...delays)).toBeLessThan(LONGEST_DELAY_MS)
    const { moment, ...had } = next(undefined, NOON)
    expect(delayOf(had, NOON)).toBeUndefined()
    expect(delayOf({ ...had, moment: moment! }, NOON + MINUTE)).toBe(0)
    expect(delayOf({ ...had, moment: moment!, restUntil: 2901 }, NOON)).toBeUndefined()
  })

  test('send at another moment, off by more than it takes to get ready, and by no more than the first was', () => {
    const pauses = Array.from({ length: 500 }, () => drawPause(NOON, random) - NOON)
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2_500)
    expect(Math.min(...pauses)).toBeLessThan(3_500)
    expect(Math.max(...pauses)).toBeGreaterThan(21_500)
    expect(Math.max(...pauses)).toBeLessThan(LONGEST_DELAY_MS)
    // What one visit got ready for sending, the next begins anew.
    expect(next({ ...next(undefined, NOON), ready: 2901 }, NOON + 60 * MINUTE)).not.toHaveProperty('ready')
  })

  test('survive a clock that is set: no turn is put off for long, and the first epoch is the earliest', () => {
    const ahead = next(undefined, NOON + 100 * 7 * 24 * 60 * MINUTE)
    expect(delayOf(ahead, NOON)).toBe(LONGEST_DELAY_MS)
    expect(delayOf(next(ahead, NOON), NOON)).toBeLessThan(LONGEST_DELAY_MS)
    expect(next(ahead, NOON)).toMatchObject({ count: 2, firstEpoch: epochOf(NOON) })
  })
})

describe('how Sotto fared', () => {
  test('is the slowest first shelf, who scored last, pages that failed, and shelves that were shown', () => {
    let vitals = addVitals({}, 5, { shelfMs: 30, backend: 'js', hasFailed: false, slots: ['home'] })
    vitals = addVitals(vitals, 5, { shelfMs: 20, backend: 'wasm', hasFailed: true, slots: ['home', 'cart'] })
    vitals = addVitals(vitals, 5, { backend: 'none', hasFailed: true, slots: [] })
    expect(vitals[5]).toEqual({ slowestMs: 30, backend: 'wasm', failures: 2, slots: ['home', 'cart'] })
    expect(addVitals(vitals, 5, { shelfMs: 25, backend: 'wasm', hasFailed: false, slots: ['cart'] })).toBe(vitals)
    const week = addVitals(vitals, 6, { ...QUIET, hasFailed: true })
    expect(week).toEqual({ 5: vitals[5], 6: { backend: 'none', failures: 1, slots: [] } })
    expect(Object.keys(addVitals(week, 9, { ...QUIET, hasFailed: true }))).toEqual(['9'])
  })

  test('keeps a bounded number of slots', () => {
    const slots = Array.from({ length: 300 }, (_, at) => `slot-${at}`)
    const vitals = addVitals({}, 5, { ...QUIET, slots })
    expect(vitals[5]!.slots).toHaveLength(100)
    expect(addVitals(vitals, 5, { ...QUIET, slots: ['another'] })).toBe(vitals)
  })
})
