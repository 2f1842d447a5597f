/** A measured number as tables show it: three digits from 1 on, three decimals below, as clocks know no more; whole from 100 on. */
export function inDigits(value: number): string {
  if (value < 1) return value.toFixed(3)
  return value < 100 ? value.toPrecision(3) : value.toFixed(0)
}
