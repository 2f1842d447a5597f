import { describe, expect, it } from 'vitest'
import { numberStyle } from '../../../../pack/read/number-style'
import { readNumber, readPrice } from '../../../../pack/read/read-price'
import { readTime } from '../../../../pack/read/read-time'

const english = numberStyle()
const german = numberStyle('de')

describe('a price', () => {
  it.each<[string, number, string | undefined]>([
    ['15.00 EUR', 15, 'EUR'],
    ['USD 15', 15, 'USD'],
    ['€1.234,50', 1_234.5, 'EUR'],
    ['1,234.50', 1_234.5, undefined],
    ['12,5', 12.5, undefined],
    ['1,234,567', 1_234_567, undefined],
    ["1'234.50 CHF", 1_234.5, 'CHF'],
    ['1 234,50 €', 1_234.5, 'EUR'],
    ['0', 0, undefined],
    ['.5', 0.5, undefined],
  ])('%s is read the same everywhere', (text, price, currency) => {
    for (const style of [english, german]) expect(readPrice(text, style)).toEqual({ price, ...(currency && { currency }) })
  })

  it('that is ambiguous is read as the locale writes it', () => {
    expect(readPrice('1.234', english)).toEqual({ price: 1.234 })
    expect(readPrice('1.234', german)).toEqual({ price: 1_234 })
    expect(readPrice('1,234', english)).toEqual({ price: 1_234 })
    expect(readPrice('1,234', german)).toEqual({ price: 1.234 })
  })

  it.each(['', 'free', '-5', '5 apples', 'EUR', '1e5', 'NaN'])('is not "%s"', (text) => {
    expect(readPrice(text, english)).toBeUndefined()
  })

  it('as a number keeps its sign', () => {
    expect(readNumber('-1,234', english)).toBe(-1_234)
    expect(readNumber('-', english)).toBeUndefined()
  })
})

describe('a time', () => {
  const moment = Date.UTC(2026, 1, 3, 4, 5, 6)
  it.each([
    ['1770091506'],
    ['1770091506000'],
    ['1770091506000000'],
    ['2026-02-03T04:05:06Z'],
    ['2026-02-03 04:05:06'],
    ['2026-02-03T04:05:06.000'],
    ['2026-02-03T06:05:06+02:00'],
    ['2/3/2026 04:05:06'],
    ['3.2.2026 04:05:06'],
    ['Tue, 03 Feb 2026 04:05:06 GMT'],
    ['Feb 3, 2026 04:05:06'],
  ])('%s is one moment, wherever it is read', (text) => {
    expect(readTime(text, english)).toBe(moment)
  })

  it.each<[string, number]>([
    ['20260203', Date.UTC(2026, 1, 3)],
    // No year: logs whose times are counters would be torn apart.
    ['2026', 2_026_000],
    ['2026-02-03', Date.UTC(2026, 1, 3)],
    ['31/12/2010 8:26', Date.UTC(2010, 11, 31, 8, 26)],
    ['12/31/2010 8:26', Date.UTC(2010, 11, 31, 8, 26)],
  ])('%s', (text, expected) => {
    expect(readTime(text, english)).toBe(expected)
  })

  it('has day and month in the order of the locale', () => {
    expect(readTime('1/2/2026', english)).toBe(Date.UTC(2026, 0, 2))
    expect(readTime('1/2/2026', numberStyle('en-GB'))).toBe(Date.UTC(2026, 1, 1))
  })

  it.each(['', 'yesterday', '2026-13-45', '2026-02-03 25:00:00', '45/45/2026', '99999999'])('is not "%s"', (text) => {
    expect(readTime(text, english)).toBeNaN()
  })
})
