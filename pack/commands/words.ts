import type { ReasonCounts } from '../read/reason-counts'

/** `1,234`, the same on every machine. */
export function count(value: number): string {
  return value.toLocaleString('en-US')
}

/** `1,234 items`, `1 item`. */
export function many(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** `1,234 entries`, `1 entry`. */
export function manyEntries(value: number): string {
  return `${count(value)} ${value === 1 ? 'entry' : 'entries'}`
}

/** `12.3 KB`, of 1,000 bytes. */
export function size(bytes: number): string {
  return bytes < 1_000 ? `${bytes} bytes` : bytes < 1e6 ? `${(bytes / 1_000).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(2)} MB`
}

/** `3 duplicate-id, 1 without-title`, the most frequent first. */
export function reasons(counts: ReasonCounts): string {
  const sorted = Object.entries(counts).sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
  return sorted.map(([reason, times]) => `${count(times)} ${reason}`).join(', ')
}
