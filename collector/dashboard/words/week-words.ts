import { EPOCH_MS, epochOf, epochStart } from '../../../src/shared/signals/epoch'
import { closesAt } from '../../../src/shared/signals/epoch-window'

const DAY_MS = 86_400_000
const LAST_DAY_MS = EPOCH_MS - DAY_MS

/** The days of an epoch: "9 to 15 November 2026", "30 November to 6 December 2026". */
export function weekWords(epoch: number): string {
  const [first, last] = [new Date(epochStart(epoch)), new Date(epochStart(epoch) + LAST_DAY_MS)]
  const year = (date: Date) => date.getUTCFullYear()
  const isSameYear = year(first) === year(last)
  const isSameMonth = isSameYear && first.getUTCMonth() === last.getUTCMonth()
  const from = isSameMonth ? String(first.getUTCDate()) : isSameYear ? dayMonth(first) : `${dayMonth(first)} ${year(first)}`
  return `${from} to ${dayMonth(last)} ${year(last)}`
}

/** What a week is compared with. */
export function sinceWords(epoch: number, earlier: number): string {
  return earlier === epoch - 1 ? 'the week before' : `the week of ${dayMonth(new Date(epochStart(earlier)))}`
}

/** When the next week will appear. @param now milliseconds since 1970; absent where weeks are simulated: then no day is promised. */
export function nextWords(now: number | undefined): string {
  if (now === undefined) return 'The next week is published when it has been simulated.'
  const epoch = epochOf(now)
  // In the hour after midnight on Monday the week before the last is still open.
  const next = closesAt(epoch - 2) > now ? epoch - 2 : epoch - 1
  return `The week of ${weekWords(next)} is published on ${momentWords(closesAt(next))}.`
}

/** When there will be something to see, where nothing is published yet. @param now see `nextWords`. */
export function firstWords(now: number | undefined): string {
  if (now === undefined) return 'A week is published once it has been simulated.'
  const epoch = epochOf(now)
  return (
    `A week is published once, a week after it has ended, since most browsers report on a later visit. If reports came in about the week of ` +
    `${weekWords(epoch - 1)}, it appears on ${momentWords(closesAt(epoch - 1))}; the week that runs now, on ${momentWords(closesAt(epoch))}.`
  )
}

/** A moment in UTC: "Monday, 30 November 2026, 01:00 UTC". */
function momentWords(time: number): string {
  const date = new Date(time)
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(date)
  return `${weekday}, ${dayMonth(date)} ${date.getUTCFullYear()}, ${date.toISOString().slice(11, 16)} UTC`
}

function dayMonth(date: Date): string {
  return `${date.getUTCDate()} ${new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(date)}`
}
