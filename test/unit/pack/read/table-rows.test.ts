import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitCells } from '../../../../pack/read/split-cells'
import { columnName, createTableReader } from '../../../../pack/read/table-rows'

const read = (text: string) => {
  const table = createTableReader()
  return [...table.add(text.split('\n')), ...table.end()]
}

describe('splitCells', () => {
  it.each<[string, string, string, ReturnType<typeof splitCells>]>([
    ['plain', 'a,b,', ',', ['a', 'b', '']],
    ['quoted', '"a,""b""",c', ',', ['a,"b"', 'c']],
    ['empty and quoted', '"",""', ',', ['', '']],
    ['a quote inside', '24" lamp,5', ',', ['24" lamp', '5']],
    ['not closed', 'a,"b', ',', 'open'],
    ['closed too early', '"a" b,c', ',', 'broken'],
    ['closed too early, with tabs', '"a" b\tc', '\t', ['"a" b', 'c']],
    ['ends with a quoted cell', 'a;"b"', ';', ['a', 'b']],
  ])('%s', (_, text, delimiter, cells) => {
    expect(splitCells(text, delimiter)).toEqual(cells)
  })

  it('reads back whatever cells were written by the standard', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (cells) => {
        const text = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
        expect(splitCells(text, ',')).toEqual(cells)
      }),
      { seed: 3 },
    )
  })
})

describe('a table', () => {
  it.each([',', ';', '\t', '|'])('with cells separated by "%s" is read by its header', (delimiter) => {
    expect(read(`${['Item ID', 'g:price', 'x'].join(delimiter)}\n${['a', '1', 'y'].join(delimiter)}`)).toEqual([
      { item_id: 'a', price: '1', x: 'y' },
    ])
  })

  it('may have cells of several lines, and empty lines', () => {
    expect(read('id,text\n\n1,"one\n\ntwo"\n2,three\n')).toEqual([
      { id: '1', text: 'one\n\ntwo' },
      { id: '2', text: 'three' },
    ])
  })

  it('loses only the line of a quote that is never closed', () => {
    const rows = read(['id,text', '1,"one', ...Array.from({ length: 300 }, (_, at) => `${at + 2},plain`)].join('\n'))
    expect(rows).toHaveLength(301)
    expect(rows.filter((row) => !row)).toHaveLength(1)
    expect(rows.at(-1)).toEqual({ id: '301', text: 'plain' })
  })

  it('loses only the line of a quote that another quote follows on', () => {
    expect(read('id,text\n1,"one\n2,"two"\n3,three\n4,"four')).toEqual([
      undefined,
      { id: '2', text: 'two' },
      { id: '3', text: 'three' },
      undefined,
    ])
  })

  it('has broken rows where cells are missing or too many, not where the surplus is empty', () => {
    expect(read('a,b\n1\n1,2,3\n1,2,,')).toEqual([undefined, undefined, { a: '1', b: '2' }])
  })

  it('takes the first of two columns of one name', () => {
    expect(read('a,A\n1,2')).toEqual([{ a: '1' }])
  })

  it('without rows is empty', () => {
    expect(read('a,b')).toEqual([])
    expect(read('')).toEqual([])
  })

  it('knows a column however it is spelled', () => {
    expect(['Item-ID', ' item id', 'g:item_id'].map(columnName)).toEqual(['item_id', 'item_id', 'item_id'])
  })
})
