import type { NumberStyle } from './number-style'

/** From here on a number counts seconds, milliseconds, microseconds since 1970: any later, and the moment would lie beyond the year 5000. */
const FIRST_MILLISECONDS = 1e11
const FIRST_MICROSECONDS = 1e14

/**
 * A moment, however a log writes it: a number of seconds, milliseconds or microseconds since 1970; ISO 8601; or a date with slashes or dots,
 * day and month in the order of `style` unless only the other one is possible. Without a time zone it is UTC, so that every machine reads the same.
 * @returns ms since 1970, or `NaN`.
 */
export function readTime(text: string, style: NumberStyle): number {
  const trimmed = text.trim()
  if (trimmed === '') return Number.NaN
  const number = Number(trimmed)
  // Eight digits are more likely a date without separators than a count.
  if (Number.isFinite(number) && !/^\d{8}$/.test(trimmed)) {
    return number < FIRST_MILLISECONDS ? number * 1_000 : number < FIRST_MICROSECONDS ? number : number / 1_000
  }
  const packed = /^(\d{4})(\d\d)(\d\d)$/.exec(trimmed)
  if (packed) return Date.parse(packed.slice(1).join('-'))
  const local = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T,]+(\d{1,2}):(\d\d)(?::(\d\d))?)?$/.exec(trimmed)
  if (local) return fromParts(local, style)
  const iso = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)$/.exec(trimmed)
  if (iso) return Date.parse(`${iso[1]}T${iso[2]!.replace(',', '.')}Z`)
  return Date.parse(/\d{4}-\d\d-\d\d|[zZ]|GMT|UTC|[+-]\d\d:?\d\d$/.test(trimmed) ? trimmed : `${trimmed} UTC`)
}

function fromParts([, one, separator, two, year, hour = '0', minute = '0', second = '0']: readonly string[], { isDayFirst }: NumberStyle) {
  // With dots the day comes first everywhere.
  const isDay = Number(one) > 12 || ((isDayFirst || separator === '.') && Number(two) <= 12)
  const [day, month] = isDay ? [Number(one), Number(two)] : [Number(two), Number(one)]
  const isPossible = day >= 1 && day <= 31 && month >= 1 && month <= 12 && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  return isPossible ? Date.UTC(Number(year), month - 1, day, Number(hour), Number(minute), Number(second)) : Number.NaN
}
