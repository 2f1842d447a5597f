import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type ReadOrdersOptions, readOrders } from '../../../../pack/read/read-orders'
import { temporaryFolder } from '../../../support/temporary-folder'

const file = temporaryFolder()
const NOW = Date.UTC(2026, 5, 1)
const rowOf = (id: string) => ({ a: 0, b: 1, c: 2 })[id]
const read = (content: string | Uint8Array, options: Partial<ReadOrdersOptions> = {}) =>
  readOrders(file('orders', content), { itemCount: 3, rowOf, now: NOW, ...options })
const day = (number: number) => Date.UTC(2026, 0, number)

describe('orders', () => {
  it('become sequences in order of time, sessions apart', async () => {
    const { log, ...report } = await read(
      'user,item,time,event\nu1,b,2026-01-02,view_item\nu2,c,2026-01-01,purchase\nu1,a,2026-01-01,add_to_cart\nu1,c,2026-01-02 00:10:00,view_item\n',
    )
    expect(log).toEqual({
      itemCount: 3,
      starts: new Int32Array([0, 3, 4]),
      items: new Int32Array([0, 1, 2, 2]),
      times: new Float64Array([day(1), day(2), day(2) + 600_000, day(1)]),
      weights: new Float32Array([3, 1, 1, 5]),
      baskets: new Int32Array([0, 1, 1, 0]),
    })
    expect(report).toEqual({
      rows: 4,
      used: 4,
      dropped: {},
      reordered: 1,
      visitors: 2,
      countedBy: 'visitors',
      itemColumn: 'item',
      unknownItems: [],
      unknownEvents: {},
    })
  })

  it('of sessions alone are a sequence each', async () => {
    const { log, countedBy } = await read('session\titem\ns1\ta\ns1\tb\ns2\tc\n')
    expect(countedBy).toBe('sessions')
    expect(log).toEqual({
      itemCount: 3,
      starts: new Int32Array([0, 2, 3]),
      items: new Int32Array([0, 1, 2]),
      weights: new Float32Array([1, 1, 1]),
    })
  })

  it('of visitors and sessions keep the sessions as baskets', async () => {
    const { log } = await read('user,session,item,time\nu,s1,a,2026-01-01\nu,s1,b,2026-01-09\nu,s2,c,2026-01-09\n')
    expect([...log.starts]).toEqual([0, 3])
    expect([...log.baskets!]).toEqual([0, 0, 1])
  })

  it.each([
    ['a table', ',s8,a,2026-01-01', 'user,session,item,time\n', 'u,s1,b,2026-01-02', ',s9,c,2026-01-01'],
    ['JSON Lines', '{"session":"s8","item":"a"}', '', '{"user":"u","session":"s1","item":"b"}', '{"session":"s9","item":"c"}'],
  ])(
    'without a user where others have one are left out, since nobody knows how many people they are: %s',
    async (_, guest, head, known, other) => {
      const { log, dropped, used, visitors, countedBy } = await read(`${head}${[guest, known, other].join('\n')}\n`)
      expect({ dropped, used, visitors, countedBy }).toEqual({
        dropped: { 'without-visitor': 2 },
        used: 1,
        visitors: 1,
        countedBy: 'visitors',
      })
      expect([...log.items]).toEqual([1])
    },
  )

  it('of a column user that is always empty are sessions', async () => {
    const { dropped, visitors, countedBy } = await read('user,order,item\n,s1,a\n,s2,b\n')
    expect({ dropped, visitors, countedBy }).toEqual({ dropped: {}, visitors: 2, countedBy: 'sessions' })
  })

  it.each([
    ['JSON Lines', '{"user":1,"item":"a","time":1767225600}\n{"user":1,"item":"b","time":"2026-01-02"}\n'],
    ['semicolons and other names', 'Customer ID;StockCode;InvoiceDate\n1;a;01.01.2026\n1;b;02.01.2026\n'],
    ['gzip', gzipSync('user,item,time\n1,a,2026-01-01\n1,b,2026-01-02')],
    ['line ends of Windows and a byte order mark', '\ufeffuser,item,time\r\n1,a,2026-01-01\r\n1,b,2026-01-02\r\n'],
    ['UTF-16', Buffer.from('\ufeffuser\titem\ttime\n1\ta\t2026-01-01\n1\tb\t2026-01-02\n', 'utf16le')],
  ])('are read from %s', async (_, content) => {
    const { log, dropped } = await read(content)
    expect(dropped).toEqual({})
    expect([...log.items]).toEqual([0, 1])
    expect([...log.times!]).toEqual([day(1), day(2)])
  })

  it.each<[string, string]>([
    ['broken-row', 'u,a'],
    ['broken-row', 'u,"a,2026-01-01,1,1,view_item'],
    ['without-visitor', ',a,2026-01-01,1,1,view_item'],
    ['without-item', 'u,,2026-01-01,1,1,view_item'],
    ['unknown-item', 'u,x,2026-01-01,1,1,view_item'],
    ['broken-time', 'u,b,someday,1,1,view_item'],
    ['broken-time', 'u,b,,1,1,view_item'],
    ['future-time', 'u,b,2026-06-03,1,1,view_item'],
    ['ancient-time', 'u,b,1970-01-01,1,1,view_item'],
    ['impossible-quantity', 'u,b,2026-01-01,-1,1,view_item'],
    ['impossible-quantity', 'u,b,2026-01-01,many,1,view_item'],
    ['impossible-price', 'u,b,2026-01-01,1,-5,view_item'],
    ['no-interest', 'u,b,2026-01-01,1,1,refund'],
    ['repeated', 'u,a,2026-01-01,1,1,view_item'],
  ])('%s: counted, and the rest is used (%s)', async (reason, line) => {
    const good = ['u,a,2026-01-01,1,1,view_item', 'v,c,2026-01-02,2,0,odd_event']
    const { log, rows, used, dropped } = await read(['user,item,time,quantity,price,event', good[0], line, good[1]].join('\n'))
    expect(dropped).toEqual({ [reason]: 1 })
    expect({ rows, used }).toEqual({ rows: 3, used: 2 })
    expect([...log.items]).toEqual([0, 2])
    expect([...log.starts]).toEqual([0, 1, 2])
  })

  it('with lines of JSON that have other fields are used as far as they go', async () => {
    const { log, dropped } = await read('{"x":1}\n{"user":1,"item":"a","time":1767225600}\n{"user":1,"item":"b"}\n[1]\n{"user":1,\n')
    expect(dropped).toEqual({ 'without-visitor': 1, 'broken-time': 1, 'broken-row': 2 })
    expect([...log.items]).toEqual([0])
  })

  it('whose times are counters are read in their order', async () => {
    const { log, dropped } = await read('user,item,time\nu,a,3\nu,b,1\nu,c,2\n')
    expect(dropped).toEqual({})
    expect([...log.items]).toEqual([1, 2, 0])
  })

  it('of one visitor without end keep the latest', async () => {
    const lines = Array.from({ length: 10_500 }, (_, at) => `u,a,${1_767_225_600 + at}`)
    const { used, dropped } = await read(['user,item,time', ...lines].join('\n'))
    expect(used).toBe(10_000)
    expect(dropped).toEqual({ 'over-long-history': 500 })
  })

  it('are none in a file without rows', async () => {
    for (const content of ['', 'user,item,time\n']) {
      const { log, rows } = await read(content)
      expect(rows).toBe(0)
      expect([...log.starts]).toEqual([0])
    }
  })

  it('may all be unusable', async () => {
    const { log, used, dropped } = await read('user,item\nu,x\nu,y\n')
    expect({ used, dropped, starts: [...log.starts] }).toEqual({ used: 0, dropped: { 'unknown-item': 2 }, starts: [0] })
  })

  it('tell which column, which items and which events are not known', async () => {
    const lines = ['u,w', 'u,x', 'u,x', 'u,y', 'u,z', 'u,a'].map((row) => `${row},Scroll,1`)
    const found = await read(['user_pseudo_id,SKU,event_name,quantity', ...lines, 'u,b,Product Viewed,1', 'u,b,,1'].join('\n'))
    expect(found).toMatchObject({ used: 3, itemColumn: 'sku', unknownItems: ['w', 'x', 'y'], unknownEvents: { Scroll: 1 } })
    const { used, unknownEvents: inherited } = await read('user,item,event\nu,a,constructor\nu,b,toString\n')
    expect({ used, ...inherited }).toEqual({ used: 2, constructor: 1, toString: 1 })
    const many = Array.from({ length: 12 }, (_, at) => `u,a,odd${at}`)
    const { unknownEvents } = await read(['user,item,event', ...many].join('\n'))
    expect(unknownEvents).toMatchObject({ odd9: 1, others: 2 })
  })

  it('tell how much of the file was read', async () => {
    let bytes = 0
    const content = 'user,item\nu,a\n'
    await read(content, { onBytes: (count) => (bytes += count) })
    expect(bytes).toBe(content.length)
  })

  it.each<[string, string | Uint8Array, RegExp]>([
    ['no visitor', 'item,time\na,2026-01-01', /no column user or session: it has item, time/],
    ['no item', 'user,colour\nu,red', /no column item: it has user, colour/],
    ['neither', '{"x":1}', /no column user or session and no item/],
    ['a list of JSON', '[{"user":1}]', /begins with "\[", expected a table/],
    ['a web page', '<html>', /begins with "<"/],
    ['gzip that was cut short', gzipSync('user,item\n'.repeat(1_000)).subarray(0, 30), /cannot be read to its end/],
  ])('with %s: refused', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringMatching(message) }),
    )
  })

  it('in a file that is not there: refused', async () => {
    const options = { itemCount: 3, rowOf, now: NOW }
    await expect(readOrders(file('nowhere'), options)).rejects.toThrow(
      /nowhere cannot be opened: it is not there \(ENOENT\); check the path/,
    )
  })
})
