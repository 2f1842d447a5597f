import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WAITING_MS, whileWaiting } from '../../../demo/panel/while-waiting'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a ledger with a report that waits is drawn again until the report has left, and no longer', () => {
  const states: ('waiting' | 'sent')[] = ['waiting', 'waiting', 'sent']
  const drawn: string[] = []
  const shown = whileWaiting(() => draw())
  const draw = () => {
    const state = states[drawn.length]!
    drawn.push(state)
    shown([{ state }, { state: 'expired' }])
  }
  draw()
  vi.advanceTimersByTime(WAITING_MS * 10)
  expect(drawn).toEqual(['waiting', 'waiting', 'sent'])
})

test('drawn for another reason meanwhile, it is not drawn twice', () => {
  const redraw = vi.fn()
  const shown = whileWaiting(redraw)
  shown([{ state: 'waiting' }])
  shown([{ state: 'waiting' }])
  vi.advanceTimersByTime(WAITING_MS)
  expect(redraw).toHaveBeenCalledTimes(1)
})
