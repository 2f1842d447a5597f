import { epochOf, epochStart } from '../../src/shared/signals/epoch'
import { CLOCK_SLACK_MS } from '../../src/shared/signals/epoch-window'

/** Weeks that can be simulated before the clock has caught up with the real one. */
const WEEKS = 52

/**
 * The clock of the simulation: it stands still in a week of the past until it is moved on by one. So there is always one week to simulate, which is over
 * but still open, since reports about a week leave in the next; and all of them lie one after another, as a dashboard shows them.
 */
export class MovingClock {
  readonly #last: number
  #week: number

  /** @param now the real time, ms since 1970. */
  constructor(now: number) {
    this.#last = epochOf(now) - 1
    this.#week = this.#last - WEEKS
  }

  /** The week that reports are about; `undefined` once there is none left. */
  get week(): number | undefined {
    return this.#week < this.#last ? this.#week : undefined
  }

  /** Milliseconds since 1970: in the week after that one, as soon as the week before it is closed. */
  readonly now = (): number => epochStart(this.#week + 1) + CLOCK_SLACK_MS + 1

  /** One week on: the week that reports were about is then over and closed. */
  moveOn(): void {
    this.#week++
  }
}
