/** Between a number and its unit, so that no line ends there. */
const SPACE = '\u00a0'

/** A share in percent, e.g. "31 %". @param decimals of the percentage. */
export function percent(share: number, decimals = 0): string {
  return `${(share * 100).toFixed(decimals)}${SPACE}%`
}

/** As many decimals as an interval of this width is worth: none that the next report would change. @param width of shares, 0 to 1. */
export function decimalsFor(width: number): number {
  return width >= 0.03 ? 0 : width >= 0.003 ? 1 : 2
}

/** A whole number as people write it: "12,345". */
export function count(value: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: 0 }).format(value)
}

/** A signed difference of shares in points: "+3", "−0.4". */
export function points(difference: number, decimals: number): string {
  const written = Math.abs(difference * 100).toFixed(decimals)
  const isNone = Number(written) === 0
  return `${isNone ? '' : difference < 0 ? '−' : '+'}${written}`
}
