import { expect, test } from 'vitest'
import { sharesFile } from '../../../../demo/build/shares-file'
import { orders } from '../make-orders'

test('an order is for what most of it was spent on, and nobody is in the file', () => {
  const lines = orders('ann 1 pen ink', 'ann 2 pen', 'bob 400 pad').map((line) => ({
    ...line,
    subCategory: line.title === 'ink' ? 'Ink' : 'Pens',
    sales: line.title === 'ink' ? 30 : 10,
  }))
  const file = sharesFile(lines)
  expect(file).toEqual({
    orders: 3,
    customers: 2,
    years: [1970, 1971],
    leading: [
      ['Pens', 2],
      ['Ink', 1],
    ],
  })
  expect(JSON.stringify(file)).not.toMatch(/ann|bob/)
})
