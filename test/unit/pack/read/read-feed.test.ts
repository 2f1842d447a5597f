import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readFeed } from '../../../../pack/read/read-feed'
import { createItemIntake } from '../../../../worker/catalog/item-intake'
import { temporaryFolder } from '../../../support/temporary-folder'

const file = temporaryFolder()
const read = async (content: string | Uint8Array, locale?: string) => {
  const feed = await readFeed(file('feed', content), { locale })
  const intake = createItemIntake()
  intake.add(feed.entries)
  return { ...feed, items: intake.items, problems: intake.problems }
}

const OWN = {
  id: 'a',
  title: 'Oak desk',
  categories: ['Furniture', 'Desks'],
  price: 99.5,
  currency: 'EUR',
  available: false,
  tags: ['oak'],
}

describe('items in their own form stay as they are', () => {
  it.each<[string, string, string]>([
    ['a list', 'JSON', JSON.stringify([OWN, { ...OWN, id: 2 }])],
    ['{items}', 'JSON', JSON.stringify({ items: [OWN, { ...OWN, id: 2 }] }, null, 2)],
    ['JSON Lines', 'JSON Lines', `${JSON.stringify(OWN)}\n\n${JSON.stringify({ ...OWN, id: 2 })}\n`],
    ['a byte order mark', 'JSON', `\ufeff${JSON.stringify([OWN, { ...OWN, id: 2 }])}`],
  ])('%s', async (_, kind, content) => {
    const feed = await read(content)
    expect(feed.kind).toBe(kind)
    expect(feed.items).toEqual([OWN, { ...OWN, id: '2' }])
    expect(feed.problems).toEqual({})
  })

  it('compressed', async () => {
    expect((await read(gzipSync(JSON.stringify([OWN])))).items).toEqual([OWN])
  })

  it('one alone', async () => {
    expect((await read(JSON.stringify(OWN))).items).toEqual([OWN])
  })
})

const MERCHANT = {
  id: 'sku-1',
  title: 'Blue chair',
  description: 'Sits "well", and long',
  brand: 'Sitwell',
  categories: ['Furniture', 'Chairs'],
  price: 15,
  currency: 'EUR',
  image: 'https://shop.test/1.jpg',
  url: 'https://shop.test/1',
  available: true,
  groupId: 'group',
  attributes: { color: 'blue', gtin: '0012345', custom_label_0: 'summer' },
}

describe("Google Merchant's feed", () => {
  const columns = [
    ...['id', 'title', 'description', 'brand', 'product_type', 'google_product_category', 'price', 'sale_price', 'image_link', 'link'],
    ...['availability', 'item_group_id', 'color', 'gtin', 'custom_label_0'],
  ]
  const cells = [
    ...['sku-1', 'Blue chair', '"Sits ""well"", and long"', 'Sitwell', 'Furniture > Chairs', '443', '20.00 EUR', '15.00 EUR'],
    ...['https://shop.test/1.jpg', 'https://shop.test/1', 'in_stock', 'group', 'blue', '0012345', 'summer'],
  ]
  it.each(['\t', ',', ';'])('as a table, cells separated by "%s"', async (delimiter) => {
    const { kind, items } = await read(`${columns.join(delimiter)}\n${cells.join(delimiter)}\n`)
    expect(kind).toBe('table')
    expect(items).toEqual([MERCHANT])
  })

  const RSS = `<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title><link>https://shop.test</link>
<!-- <item> none </item> -->
<item><title>Plain title</title><g:title>Blue chair</g:title><g:id>sku-1</g:id><description><![CDATA[Sits "well", and long]]></description>
<g:brand>Sitwell</g:brand><g:product_type>Furniture &gt; Chairs</g:product_type><g:product_type>Other</g:product_type>
<g:google_product_category>443</g:google_product_category><g:price>20.00 EUR</g:price><g:sale_price>15.00 EUR</g:sale_price>
<g:image_link>https://shop.test/1.jpg</g:image_link><link>https://shop.test/1</link><g:availability>in stock</g:availability>
<g:item_group_id>group</g:item_group_id><g:color>blue</g:color><g:gtin>0012345</g:gtin><g:custom_label_0>summer</g:custom_label_0></item>`

  it("as RSS, Google's names before the others", async () => {
    const { kind, items } = await read(`${RSS}</channel></rss>`)
    expect(kind).toBe('Merchant RSS')
    expect(items).toEqual([MERCHANT])
  })

  it('as RSS with broken items: the others are read', async () => {
    const broken = [
      '<item><g:id>2</g:id><g:title>No end',
      '<item><g:id>3</g:title></item>',
      '<item><g:id>4</g:id><title>Good</title></item>',
      '<item><g:id>5',
    ]
    const { items, entries } = await read(RSS + broken.join('\n'))
    expect(items.map(({ id }) => id)).toEqual(['sku-1', '4'])
    expect(entries.filter((entry) => entry === undefined)).toHaveLength(3)
  })

  it('as Atom', async () => {
    const atom =
      '<feed xmlns:g="x"><entry><g:id>1</g:id><title>Desk</title><link href="https://shop.test/d"/><g:price>5 USD</g:price></entry></feed>'
    expect((await read(atom)).items).toEqual([
      { id: '1', title: 'Desk', categories: [], url: 'https://shop.test/d', price: 5, currency: 'USD' },
    ])
  })
})

describe('other tables', () => {
  it("of GA4's names, numbers as the locale writes them", async () => {
    const { items } = await read('item_id;item_name;item_brand;item_category;item_category2;price\n1;Tisch;Holz;Möbel;Tische;1.299\n', 'de')
    expect(items).toEqual([{ id: '1', title: 'Tisch', brand: 'Holz', categories: ['Möbel', 'Tische'], price: 1_299 }])
  })

  it('with broken rows and cells: counted, the rest is used', async () => {
    const { items, entries, problems } = await read(
      'id,title,price,available,tags\n1,Desk,5,no,"a,b"\n2,Chair\n1,Again,5,,\n,Nameless,5,,\n3,,5,,\n4,"Open,5,,\n5,Lamp,a lot,perhaps,\n',
    )
    expect(items).toEqual([
      { id: '1', title: 'Desk', categories: [], price: 5, available: false, tags: ['a', 'b'] },
      { id: '5', title: 'Lamp', categories: [] },
    ])
    expect(entries.filter((entry) => entry === undefined)).toHaveLength(2)
    expect(problems).toEqual({
      'not-an-object': 2,
      'duplicate-id': 1,
      'without-id': 1,
      'without-title': 1,
      'impossible-price': 1,
      'wrong-type': 1,
    })
  })
})

describe('what is not understood', () => {
  it.each<[string, string, string[]]>([
    ['a table', 'ID;Title;Preis;Warengruppe;Bild;price\n1;Tisch;5;Möbel;x;4\n', ['Preis', 'Warengruppe', 'Bild']],
    ['JSON', '[{"id":1,"title":"a","Preis":5},{"id":2,"title":"b","bild":5,"groupId":"c"}]', ['Preis', 'bild']],
    ['RSS', '<rss><item><g:id>1</g:id><g:title>a</g:title><g:shipping>b</g:shipping></item></rss>', ['shipping']],
    ['a table that is', 'item_id,item_name,item_category,gtin,availability\n1,a,b,c,in stock\n', []],
  ])('is named: %s', async (_, content, expected) => {
    expect((await read(content)).unknownColumns).toEqual(expected)
  })

  it.each<[string, Uint8Array, string, string | undefined]>([
    ['Latin-1', Buffer.from('id,title\n1,Möbel für Büro\n', 'latin1'), 'Möbel für Büro', 'windows-1252'],
    ['Latin-1 to the last letter', Buffer.from('id,title\n1,Café', 'latin1'), 'Café', 'windows-1252'],
    ['Latin-1 after a long time', Buffer.from(`id,title\n${'\n'.repeat(200_000)}1,Möbel\n`, 'latin1'), 'Möbel', 'windows-1252'],
    ['windows-1252', Buffer.from([...Buffer.from('id,title\n1,10 '), 0x80]), '10 €', 'windows-1252'],
    ['UTF-8', Buffer.from('\ufeffid,title\n1,Möbel für Büro\n'), 'Möbel für Büro', undefined],
    ['UTF-8 in pieces', Buffer.from(`id,title\n1,${'a'.repeat(400)}\n${'2,€\n'.repeat(60_000)}`), 'a'.repeat(400), undefined],
    [
      'UTF-8 with a damaged letter',
      Buffer.concat([Buffer.from('id,title\n1,Möbel für B'), Uint8Array.of(0xfc), Buffer.from('ro ä')]),
      'Möbel für B\ufffdro ä',
      'damaged UTF-8',
    ],
  ])('is read all the same, and said: %s', async (_, content, title, expected) => {
    const { items, encoding } = await read(content)
    expect({ title: items[0]!.title, encoding }).toEqual({ title, encoding: expected })
  })
})

describe("Shopify's products", () => {
  const product = {
    id: 632910392,
    title: 'IPod Nano',
    handle: 'ipod-nano',
    body_html: '<p>It&#39;s <b>small</b>&nbsp;&amp; light</p>',
    vendor: 'Apple',
    product_type: 'Cult Products',
    tags: 'Emotive, Flash',
    published_at: '2026-01-01T00:00:00Z',
    variants: [
      { id: 1, price: '199.00', available: false },
      { id: 2, price: '149.00', available: true },
    ],
    options: [
      { name: 'Color', values: ['Pink', 'Red'] },
      { name: 'Title', values: ['Default Title'] },
    ],
    images: [{ src: 'https://cdn.test/ipod.png' }],
  }
  it('are an item each', async () => {
    const { kind, items } = await read(JSON.stringify({ products: [product] }))
    expect(kind).toBe('Shopify products')
    expect(items).toEqual([
      {
        id: '632910392',
        title: 'IPod Nano',
        description: "It's small & light",
        brand: 'Apple',
        categories: ['Cult Products'],
        tags: ['Emotive', 'Flash'],
        price: 149,
        available: true,
        image: 'https://cdn.test/ipod.png',
        url: '/products/ipod-nano',
        published: Date.UTC(2026, 0, 1),
        attributes: { Color: 'Pink, Red' },
      },
    ])
  })

  it('without variants, pictures and texts are items still', async () => {
    const { items, problems } = await read(
      JSON.stringify([{ id: 1, title: 'Bare', handle: 'bare', variants: [], images: [], options: [], product_type: '', tags: [] }]),
    )
    expect(items).toEqual([{ id: '1', title: 'Bare', categories: [], url: '/products/bare' }])
    expect(problems).toEqual({})
  })
})

describe('a feed that is none is refused, named', () => {
  it.each<[string, string, string, RegExp]>([
    ['empty', '', 'empty', /feed is empty/],
    ['blank', ' \n \n', 'empty', /feed is empty/],
    ['a header alone', 'id,title\n', 'empty', /holds no entry/],
    ['an empty list', '[]', 'empty', /holds no entry/],
    ['RSS without items', '<rss></rss>', 'empty', /holds no entry/],
    ['JSON cut short', '[{"id":1,"title":"a"},', 'not-json', /is not JSON .*cut short/],
    ['lines of which none is JSON', '{"a"\n{"b"', 'not-json', /is not JSON/],
    ['JSON of another form', '{"items":5}', 'not-a-list', /neither a list of items nor/],
    ['a web page', '<!DOCTYPE html><html></html>', 'not-a-feed', /is a web page/],
  ])('%s', async (_, content, reason, message) => {
    await expect(read(content)).rejects.toThrow(
      expect.objectContaining({ code: 'catalog-failed', details: { reason }, message: expect.stringMatching(message) }),
    )
  })
})
