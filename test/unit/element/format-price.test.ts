import { describe, expect, it } from 'vitest'
import { formatPrice } from '../../../src/element/format-price'

describe('formatPrice', () => {
  it.each([
    [12.5, 'EUR', 'en', '€12.50'],
    [1234.5, 'EUR', 'de', '1.234,50\u00a0€'],
    [1200, 'JPY', 'en', '¥1,200'],
    [0, 'USD', 'en-US', '$0.00'],
  ])('writes %d %s in %s', (price, currency, locale, expected) => {
    expect(formatPrice(price, currency, locale)).toBe(expected)
  })

  it.each([undefined, '', 'EURO', '€', '<b>'])('writes the number alone where the currency is %j', (currency) => {
    expect(formatPrice(9.9, currency, 'en')).toBe('9.90')
  })

  it.each(['', 'x', 'not a language', '<b>'])('keeps the currency where the language is %j', (locale) => {
    expect(formatPrice(9.9, 'EUR', locale)).toBe(new Intl.NumberFormat(undefined, { style: 'currency', currency: 'EUR' }).format(9.9))
  })

  it.each([undefined, -1, Number.NaN, Number.POSITIVE_INFINITY])('writes nothing for %s', (price) => {
    expect(formatPrice(price, 'EUR', 'en')).toBeUndefined()
  })
})
