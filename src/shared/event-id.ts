const TIME_DIGITS = 9
/** The last millisecond that nine base-36 digits can hold, in the year 5188. */
const MAX_TIME = 36 ** TIME_DIGITS - 1
const SEQUENCES = 36 ** 2

/**
 * What every id of an event at `time` begins with: nine base-36 digits, so that ids sort by time as plain strings and a range of ids
 * is a range of time. Ids of a whole range: from `eventIdPrefix(from)`, before `eventIdPrefix(to)`.
 *
 * @param time milliseconds since 1970; a fraction is cut off, and what lies outside [0, 36⁹ − 1] is moved to the nearer end.
 */
export function eventIdPrefix(time: number): string {
  return Math.floor(Math.min(Math.max(time, 0), MAX_TIME))
    .toString(36)
    .padStart(TIME_DIGITS, '0')
}

/**
 * A new event's id: time, place among the events of that millisecond, random suffix.
 *
 * @param time milliseconds since 1970: the event's own `time`, exactly, or the history refuses the event as malformed.
 * @param random makes the suffix: 1 to 30 of `0-9 a-z A-Z _ -`, from a source wide enough that two tabs never agree.
 * @param sequence counts up from event to event, so that events of one millisecond keep their order; taken modulo 1296.
 * @example eventId(1_750_000_000_000, () => 'k3x9', 1) // '0mbxstdz4' + '01' + 'k3x9'
 */
export function eventId(time: number, random: () => string, sequence = 0): string {
  return eventIdPrefix(time) + (sequence % SEQUENCES).toString(36).padStart(2, '0') + random()
}

/** The time an id was made for, whole milliseconds since 1970; NaN where `id` does not begin with base-36 digits. */
export function eventIdTime(id: string): number {
  return Number.parseInt(id.slice(0, TIME_DIGITS), 36)
}
