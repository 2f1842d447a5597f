import type { Change } from '../statistics/change'
import { decimalsFor, points } from './percent'

/** How a change between two weeks is written: as points of a share, or in a unit of its own. `undefined` where the interval is too wide to be of use. */
export type ChangeUnit = (change: Change) => readonly [low: string, high: string] | undefined

/** No share changes by more, and an interval that reaches it on one side says no more than its other side. */
const MOST = 1
/** Of an interval this wide nothing useful is said. */
const TOO_WIDE = 1

/** Of shares: points of a percentage. */
export const inPoints: ChangeUnit = ({ low, high }) => {
  if (high - low > TOO_WIDE) return undefined
  const decimals = decimalsFor(high - low)
  return [points(Math.max(-MOST, low), decimals), points(Math.min(MOST, high), decimals)]
}

/** The same as one text, e.g. "−2 to +3 points". */
export function pointsRange(change: Change): string {
  const range = inPoints(change)
  return range ? `${range.join(' to ')} points` : 'too few to tell'
}

/** Of amounts: a number with two decimals. */
export const inAmounts: ChangeUnit = ({ low, high }) => [signed(low), signed(high)]

/**
 * Whether anything changed, as a sentence.
 *
 * @param since the week compared with, e.g. "the week before". @param unit what is written after the numbers.
 * @example "Up from the week before, by 2 to 6 points." · "Up from the week before? Too few to tell: the change lies between −3 and +5 points."
 */
export function changeSentence(change: Change, since: string, write: ChangeUnit = inPoints, unit = 'points'): string {
  const range = write(change)
  if (!range) return `Up or down from ${since}? Too few to tell.`
  const [low, high] = range
  switch (change.direction) {
    case 'up':
      return `Up from ${since}, by ${unsigned(low)} to ${unsigned(high)} ${unit}.`
    case 'down':
      return `Down from ${since}, by ${unsigned(high)} to ${unsigned(low)} ${unit}.`
    case 'unclear':
      return `${change.value < 0 ? 'Down' : 'Up'} from ${since}? Too few to tell: the change lies between ${low} and ${high} ${unit}.`
    default:
      return change.direction satisfies never
  }
}

/** The same in a few words, for a table: "up by 2 to 6 points". */
export function changeCell(change: Change | undefined): string {
  if (!change) return ''
  const range = inPoints(change)
  if (!range) return 'too few to tell'
  const [low, high] = range
  if (change.direction === 'unclear') return `too few to tell (${low} to ${high})`
  return change.direction === 'up'
    ? `up by ${unsigned(low)} to ${unsigned(high)} points`
    : `down by ${unsigned(high)} to ${unsigned(low)} points`
}

function unsigned(written: string): string {
  return written.replace(/^[+−]/, '')
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`
}
