import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv } from '../../../demo/build/csv'

test('reads quoted fields with commas, line ends and doubled quotes', () => {
  const text = 'a,b\r\n"x, y","say ""hi"""\r\n"two\nlines",3\n'
  expect(parseCsv(text)).toEqual([
    { a: 'x, y', b: 'say "hi"' },
    { a: 'two\nlines', b: '3' },
  ])
  expect(parseCsv('')).toEqual([])
  expect(parseCsv('a,b')).toEqual([])
  expect(parseCsv('a,b\n1,')).toEqual([{ a: '1', b: '' }])
})

test('names the row that does not fit', () => {
  expect(() => parseCsv('a,b\n1,2\n1,2,3\n')).toThrow('row 3 has 3 fields, expected 2')
})

test('reads back whatever is written in quotes', () => {
  const quote = (field: string) => `"${field.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1, maxLength: 8 }), (rows) => {
      const text = ['one,two', ...rows.map((row) => row.map(quote).join(','))].join('\n')
      expect(parseCsv(text).map(({ one, two }) => [one, two])).toEqual(rows)
    }),
  )
})
