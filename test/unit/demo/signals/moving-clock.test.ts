import { expect, test } from 'vitest'
import { MovingClock } from '../../../../demo/collector/moving-clock'
import { epochStart } from '../../../../src/shared/signals/epoch'
import { openEpochsAt } from '../../../../src/shared/signals/epoch-window'

const NOW = epochStart(3000) + 3 * 86_400_000

test('reports are about a week that is over and still open, and each move closes it and comes to the next', () => {
  const clock = new MovingClock(NOW)
  const first = clock.week!
  expect(openEpochsAt(clock.now())).toEqual([first, first + 1])
  expect(epochStart(first + 1)).toBeLessThan(clock.now())
  clock.moveOn()
  expect(clock.week).toBe(first + 1)
  expect(openEpochsAt(clock.now())).toEqual([first + 1, first + 2])
})

test('a year of weeks can be had, none of them later than the real time', () => {
  const clock = new MovingClock(NOW)
  let weeks = 0
  for (; clock.week !== undefined; weeks++) {
    expect(clock.now()).toBeLessThan(NOW)
    clock.moveOn()
  }
  expect(weeks).toBe(52)
})
