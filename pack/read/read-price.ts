import type { NumberStyle } from './number-style'

const SYMBOLS: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP', $: 'USD', '¥': 'JPY', '₹': 'INR' }

/** A price as feeds write it, and its currency where it is said: `15.00 EUR`, `€1.234,50`, `1,299`. */
export type Price = { readonly price: number; readonly currency?: string }

/**
 * Of two kinds of separators the last one begins the decimals; a single one does so too, unless three digits follow and it is what groups
 * thousands in `style`.
 * @returns nothing where the text is no price.
 */
export function readPrice(text: string, style: NumberStyle): Price | undefined {
  const [, before = '', digits = '', after = ''] =
    /^\s*([A-Z]{3}|[€£$¥₹])?\s*([\d.,'\s\u00a0\u202f]*\d)\s*([A-Z]{3}|[€£$¥₹])?\s*$/.exec(text) ?? []
  if (digits === '') return undefined
  const sign = before || after
  const currency = SYMBOLS[sign] ?? sign
  const price = readNumber(digits, style)
  return price === undefined ? undefined : { price, ...(currency && { currency }) }
}

/** A number of digits with separators, as in `readPrice`; a sign is kept. @returns nothing where the text is none. */
export function readNumber(text: string, style: NumberStyle): number | undefined {
  const plain = text.replace(/['\s\u00a0\u202f]/g, '')
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','))
  const separator = plain[last] ?? ''
  const isOnly = last >= 0 && !/[.,]/.test(plain.slice(0, last))
  const isGroup = (isOnly ? separator === style.group : plain.indexOf(separator) < last) && plain.length - last === 4
  const decimals = last >= 0 && !isGroup ? plain.slice(last + 1) : ''
  const whole = (last >= 0 && !isGroup ? plain.slice(0, last) : plain).replace(/[.,]/g, '')
  const number = Number(decimals ? `${whole}.${decimals}` : whole || Number.NaN)
  return Number.isFinite(number) ? number : undefined
}
