import { parseCsv } from './csv'

/** One line of one order, without anything that says who ordered it: `buyer` only counts people apart and never leaves the build. */
export type OrderLine = {
  readonly order: string
  readonly buyer: string
  /** The day of the order, ms since 1970, UTC. */
  readonly time: number
  readonly productId: string
  readonly title: string
  readonly category: string
  readonly subCategory: string
  /** What was paid for all pieces, after the discount. USD. */
  readonly sales: number
  readonly quantity: number
  /** 0 to below 1. */
  readonly discount: number
}

/**
 * Reads the order lines of the superstore table.
 *
 * @throws Error when a column is missing or a number is not one, naming the column and the line.
 */
export function readOrderLines(csv: string): OrderLine[] {
  return parseCsv(csv).map((row, index) => {
    const text = (column: string): string => {
      const value = row[column]
      if (!value) throw new Error(`row ${index + 2} has no ${column}; is this the superstore table?`)
      return cleanName(value)
    }
    const number = (column: string): number => {
      const value = Number(text(column))
      if (!Number.isFinite(value)) throw new Error(`row ${index + 2}: ${column} is not a number`)
      return value
    }
    const day = (column: string): number => {
      const time = Date.parse(text(column))
      if (Number.isNaN(time)) throw new Error(`row ${index + 2}: ${column} is not a day, expected YYYY-MM-DD`)
      return time
    }
    return {
      order: text('Order ID'),
      buyer: text('Customer ID'),
      time: day('Order Date'),
      productId: text('Product ID'),
      title: text('Product Name'),
      category: text('Category'),
      subCategory: text('Sub-Category'),
      sales: number('Sales'),
      quantity: number('Quantity'),
      discount: number('Discount'),
    }
  })
}

/** A name with its no-break spaces made plain and its runs of spaces made one. */
export function cleanName(name: string): string {
  return name.replace(/[\s\u00a0]+/g, ' ').trim()
}
