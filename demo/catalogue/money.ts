const FORMAT = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })

/** An amount of US dollars as people write it: `$1,299.99`. */
export function money(amount: number): string {
  return FORMAT.format(amount)
}
