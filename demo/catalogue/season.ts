const SEASONS = ['winter', 'spring', 'summer', 'autumn'] as const

/** The season of a date by the meteorologist's calendar of the northern half: winter begins with December. */
export function seasonAt(date: Date): (typeof SEASONS)[number] {
  return SEASONS[Math.floor(((date.getMonth() + 1) % 12) / 3)] ?? 'winter'
}
