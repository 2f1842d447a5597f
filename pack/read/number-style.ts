/** How numbers and dates are written where the ambiguous ones come from. */
export type NumberStyle = {
  /** What groups thousands: `1.234` is a thousand and more where it is a dot. */
  readonly group: string
  /** Whether 1/2/2026 is the first of February. */
  readonly isDayFirst: boolean
}

/** @param locale BCP 47, e.g. `de`; default `en-US`. @throws RangeError for what is not one. */
export function numberStyle(locale = 'en-US'): NumberStyle {
  const numbers = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1_234_567.5)
  const dates = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', year: 'numeric' }).formatToParts(0)
  const order = dates.map(({ type }) => type)
  return { group: numbers.find(({ type }) => type === 'group')?.value ?? ',', isDayFirst: order.indexOf('day') < order.indexOf('month') }
}
