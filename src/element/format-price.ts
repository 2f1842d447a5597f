/**
 * Writes a price as the page's language writes it.
 *
 * @param price    in `currency`, ≥ 0.
 * @param currency ISO 4217; without it, or with one that is no code, the number stands alone with two decimals.
 * @param locale   BCP 47; the browser's own where it is empty or malformed.
 * @returns `undefined` where there is no price, or none that is possible (negative, NaN, infinite).
 * @example formatPrice(12.5, 'EUR', 'en') // '€12.50'
 */
export function formatPrice(price: number | undefined, currency: string | undefined, locale: string): string | undefined {
  if (price === undefined || !Number.isFinite(price) || price < 0) return undefined
  const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 }
  for (const options of currency ? [{ style: 'currency', currency } as const, decimals] : [decimals]) {
    for (const language of [locale || undefined, undefined]) {
      try {
        return new Intl.NumberFormat(language, options).format(price)
      } catch {
        // A malformed language or currency: the next, plainer form.
      }
    }
  }
  return undefined
}
