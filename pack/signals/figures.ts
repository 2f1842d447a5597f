/** `1,234`: reports are whole. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** `1,234 weeks`, `1 week`. */
export function many(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** Two digits of it are as much as its assumptions bear. */
export function rough(value: number): string {
  return value < 1e6 ? `${Math.round(value / 1000).toLocaleString('en-US')},000` : `${Number((value / 1e6).toPrecision(2))} million`
}

/** Three digits. */
export function round(value: number): string {
  return String(Number(value.toPrecision(3)))
}

/** `25 %`. @param share of 1. */
export function percent(share: number): string {
  return `${round(share * 100)} %`
}

/** Percentage points. */
export function points(share: number): string {
  return (share * 100).toFixed(share < 0.001 ? 3 : 2)
}
