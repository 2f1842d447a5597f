/** A value of a metric as people read it: shares of guesses in percent, means by place as a number below 1. */
export function writeValue(metric: string, value: number): string {
  if (metric.startsWith('hr')) return `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %`
  return value.toFixed(value < 0.1 ? 3 : 2)
}
