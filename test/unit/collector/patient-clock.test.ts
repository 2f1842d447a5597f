import { beforeEach, describe, expect, test } from 'vitest'
import { patientClock } from '../../../collector/patient-clock'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let [machine, passed] = [0, 0]
let leaps: number[]
let clock: () => number
beforeEach(() => {
  ;[machine, passed, leaps] = [50 * DAY, 7, []]
  clock = patientClock({ now: () => machine, steady: () => passed, onLeap: (ms) => leaps.push(ms) })
})

const wait = (ms: number) => {
  machine += ms
  passed += ms
}

describe('patientClock', () => {
  test('is the machine’s clock, which is put right now and then', () => {
    wait(40 * DAY)
    expect(clock()).toBe(90 * DAY)
    machine += HOUR - 1
    expect(clock()).toBe(90 * DAY + HOUR - 1)
    machine -= 3 * DAY
    expect(clock()).toBe(87 * DAY + HOUR - 1)
    expect(leaps).toEqual([])
  })

  test('goes on evenly for a day after a leap, says so once, and believes it then', () => {
    machine += 14 * DAY
    expect(clock()).toBe(50 * DAY)
    wait(DAY - 1)
    expect(clock()).toBe(51 * DAY - 1)
    expect(leaps).toEqual([14 * DAY])
    wait(1)
    expect(clock()).toBe(65 * DAY)
    wait(DAY)
    expect(clock()).toBe(66 * DAY)
    expect(leaps).toHaveLength(1)
  })

  test('believes only a time that the clock kept to for a day', () => {
    wait(HOUR)
    machine += 2 * HOUR
    expect(clock()).toBe(50 * DAY + HOUR)
    wait(23 * HOUR)
    machine += 365 * DAY
    wait(HOUR)
    expect(clock()).toBe(51 * DAY + HOUR)
    expect(leaps).toEqual([2 * HOUR, 365 * DAY + 2 * HOUR])
    // Nearer to what is believed, and still another time.
    machine -= 300 * DAY
    wait(DAY - 1)
    expect(clock()).toBe(52 * DAY + HOUR - 1)
    machine += HOUR - 1
    wait(DAY - 1)
    expect(clock()).toBe(53 * DAY + HOUR - 2)
    wait(1)
    expect(clock()).toBe(118 * DAY + 4 * HOUR - 2)
    expect(leaps.slice(2)).toEqual([65 * DAY + 2 * HOUR])
  })

  test('believes at once a clock that is put back, and doubts the next leap anew', () => {
    machine += 14 * DAY
    clock()
    wait(23 * HOUR)
    machine -= 14 * DAY
    expect(clock()).toBe(50 * DAY + 23 * HOUR)
    machine += HOUR
    expect(clock()).toBe(50 * DAY + 23 * HOUR)
    wait(2 * HOUR)
    expect(clock()).toBe(51 * DAY + HOUR)
    expect(leaps).toEqual([14 * DAY, HOUR])
  })
})
