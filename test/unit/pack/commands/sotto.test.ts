import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../../../pack/commands/run-cli'
import { tellFailure } from '../../../../pack/commands/tell-failure'
import { metadataOf, withMetadata } from '../../../../pack/write/pack-header'
import { writeSafetensors } from '../../../../pack/write-safetensors'
import { VERSION } from '../../../../src/shared/version'
import { readPackCore } from '../../../../worker/catalog/read-pack'
import { readPart } from '../../../../worker/models/read-part'
import { temporaryFolder } from '../../../support/temporary-folder'

const file = temporaryFolder()
const NOW = Date.UTC(2026, 5, 1)

async function sotto(...args: string[]) {
  const said: string[] = []
  const warned: string[] = []
  const code = await runCli(args, { print: (text) => said.push(text), warn: (text) => warned.push(text), now: () => NOW })
  return { code, said: said.join('\n'), warned: warned.join('\n') }
}

/** The same, which must work and tell JSON. */
async function told(...args: string[]) {
  const { code, said, warned } = await sotto(...args, '--json')
  expect({ code, warned }).toEqual({ code: 0, warned: '' })
  return JSON.parse(said)
}

const bytesOf = (path: string) => new Uint8Array(readFileSync(path))
const coreOf = (path: string) => readPackCore(bytesOf(path))

const ITEMS = Array.from({ length: 12 }, (_, at) => ({ id: `item-${at}`, title: `Chair ${at}`, categories: ['Chairs'] }))
const FEED = file('items.json', JSON.stringify([...ITEMS, { id: 'item-1', title: 'Twice' }, { id: 'nameless' }, 5]))
/** Ten visitors, each of item 9, then 8, then one of their own. */
const ROWS = Array.from({ length: 10 }, (_, user) =>
  [9, 8, user % 8].map((item, step) => `u${user},item-${item},2026-01-0${step + 1}`).join('\n'),
)
const ORDERS = file('orders.csv', ['user,item,time', ...ROWS, 'u1,gone,2026-01-01', 'u1,item-1,never'].join('\n'))
const MODELS = ['--models', 'popularity,transitions']

/** Where a pack of the test goes: a folder of its own, that it makes. */
const out = (name: string) => file(`${name}/catalog.pack`)

describe('sotto pack', () => {
  it('makes a pack of a feed and tells what became of it', async () => {
    const path = out('plain')
    const facts = await told('pack', FEED, '-o', path)
    expect(facts).toMatchObject({
      items: 12,
      feed: { kind: 'JSON', entries: 15, leftOut: { 'duplicate-id': 1, 'without-title': 1, 'not-an-object': 1 }, flaws: {} },
    })
    expect(facts).not.toHaveProperty('learned')
    expect(facts.weight.core.bytes).toBe(bytesOf(path).length)
    expect(coreOf(path).head.ids.toArray()).toEqual(ITEMS.map(({ id }) => id))
    expect(readdirSync(dirname(path))).toEqual(['catalog.pack'])
  })

  it('learns from orders and puts popular items first', async () => {
    const path = out('learned')
    const facts = await told('pack', FEED, '-o', path, '--orders', ORDERS, ...MODELS)
    expect(facts.orders).toMatchObject({ rows: 32, used: 30, visitors: 10, dropped: { 'unknown-item': 1, 'broken-time': 1 } })
    expect(facts.learned).toEqual({ support: 5, countedBy: 'visitors', models: ['popularity', 'transitions'], fromItems: [], without: [] })
    const { head, parts } = coreOf(path)
    expect(head.ids.toArray().slice(0, 4)).toEqual(['item-8', 'item-9', 'item-0', 'item-1'])
    const [popularity, transitions] = parts.map((part) => {
      const bytes = bytesOf(join(dirname(path), part.file))
      expect(bytes).toHaveLength(part.bytes)
      return readPart(bytes)
    })
    expect([...popularity!.tensors.counts!.data].map((count) => count > 0)).toEqual(ITEMS.map((_, row) => row < 2))
    // From item 9 (row 1) to item 8 (row 0), and nothing that fewer than five did.
    expect([...transitions!.tensors.lengths!.data]).toEqual(ITEMS.map((_, row) => (row === 1 ? 1 : 0)))
    expect([...transitions!.tensors.items!.data]).toEqual([0])
  })

  it('says it in words too', async () => {
    const { said } = await sotto('pack', FEED, '-o', out('words'), '--orders', ORDERS, '--models', 'item-neighbours')
    expect(said).toMatch(/catalog\.pack: 12 items/)
    expect(said).toMatch(/left out: 1 duplicate-id, 1 not-an-object, 1 without-title/)
    expect(said).toMatch(/32 rows, 30 used, of 10 visitors\n {2}left out: 1 broken-time, 1 unknown-item/)
    expect(said).toMatch(/Learned from at least 5 visitors: item-neighbours/)
    expect(said).toMatch(/Before the first shelf: the core, 12 items: [\d.]+ KB, [\d.]+ KB with gzip/)
    expect(said).toMatch(/When used: item-neighbours: [\d.]+ (KB|bytes)/)
  })

  it('says what it did not understand of a feed, and how it is written', async () => {
    const german = Buffer.from('id;title;Preis;Bild\n1;Stühle;5;b\n', 'latin1')
    const orders = file('latin.csv', Buffer.from('user;item;name\nu;1;Stühle\n', 'latin1'))
    const { said } = await sotto('pack', file('german.csv', german), '-o', out('german'), '--orders', orders)
    expect(said).toMatch(
      /german\.csv: table, 1 entry\n {2}WARNING: it is not UTF-8; read as windows-1252.*\n {2}columns not understood: Preis, Bild\n/,
    )
    expect(said).toMatch(/latin\.csv: 1 row, 1 used, .*\n {2}WARNING: it is not UTF-8/)
    const { code, warned } = await sotto('pack', file('none.csv', 'Artikel;Bezeichnung\n1;Stuhl\n'), '-o', out('german'))
    expect({ code, warned }).toEqual({
      code: 1,
      warned: expect.stringMatching(/none of its 1 entry is an item \(without-id\); columns not understood: Artikel, Bezeichnung$/),
    })
  })

  it('makes the same bytes of the same files', async () => {
    for (const name of ['once', 'again']) await told('pack', FEED, '-o', out(name), '--orders', ORDERS, ...MODELS)
    expect(bytesOf(out('once'))).toEqual(bytesOf(out('again')))
  })

  it.each<[string, string, object]>([
    ['one visitor', 'user,item\nu,item-1\nu,item-2\nu,item-3\n', { used: 3, visitors: 1 }],
    ['one item', `user,item\n${Array.from({ length: 9 }, (_, user) => `u${user},item-3\n`).join('')}`, { used: 9, visitors: 9 }],
  ])('with orders of %s makes a pack all the same, with the blend', async (name, orders, expected) => {
    const path = out(name)
    const facts = await told('pack', FEED, '-o', path, '--orders', file('few.csv', orders))
    expect(facts.orders).toMatchObject(expected)
    expect(coreOf(path).total).toBe(12)
    expect((await told('inspect', path)).parts.map(({ model }: { model: string }) => model)).toEqual(facts.learned.models)
  })

  it.each<[string, string, RegExp]>([
    ['no rows', 'user,item\n', /orders\.csv: has no rows; nothing was written/],
    ['nothing at all', '', /orders\.csv: has no rows/],
    [
      'items of another catalog',
      'user,SKU\nu,X1\nu,X2\nv,X3\nv,X4\nv,\n',
      /none of its 5 rows can be used; left out: 4 unknown-item, 1 without-item; items in column sku .* not: X1, X2, X3; the catalog has: item-\d, item-\d, item-\d; nothing was written/,
    ],
  ])('refuses orders of %s, and the pack that was there stays', async (name, orders, message) => {
    const path = out(`useless-${name}`)
    await told('pack', FEED, '-o', path, '--orders', ORDERS, ...MODELS)
    const before = bytesOf(path)
    const useless = file('useless-orders.csv', orders)
    for (const args of [
      ['pack', FEED, '-o', path],
      ['train', path],
    ]) {
      expect(await sotto(...args, '--orders', useless)).toEqual({ code: 1, said: '', warned: expect.stringMatching(message) })
      expect(bytesOf(path)).toEqual(before)
      expect(readdirSync(dirname(path))).toHaveLength(3)
    }
  })

  it('warns where less than half of the orders are of use, not for what is left out as it should be', async () => {
    const pack = (orders: string) => sotto('pack', FEED, '-o', out('doubtful'), ...MODELS, '--orders', file('doubtful.csv', orders))
    const { code, warned, said } = await pack('user,item,event\nu,item-1,buy\nu,gone,buy\nu,lost,buy\nu,item-1,Scroll\nv,more,buy\n')
    expect(code).toBe(0)
    expect(warned).toMatch(
      /^WARNING: .*: only 2 of 5 rows can be used; left out: 3 unknown-item; .* not: gone, lost, more; the catalog has/,
    )
    expect(said).toMatch(/events not known, each counted as a view: 1 Scroll/)
    expect((await pack('user,item,event\nu,item-1,buy\nu,item-2,refund\nu,item-2,refund\n')).warned).toBe('')
  })

  it.each<[string, string]>([
    ['one visitor', 'user,item,time\nu,item-1,2026-01-01\nu,item-2,2026-01-02\nu,item-3,2026-01-03\n'],
    ['nobody more than once', 'user,item\nu,item-1\nv,item-2\nw,item-3\n'],
  ])('ships nothing empty and claims no visitors where there was %s', async (name, content) => {
    const path = out(`little-${name}`)
    const words = ITEMS.map((item, at) => ({ ...item, title: `Chair kind${at >> 1} made${at % 5}` }))
    const args = [file('little.json', JSON.stringify(words)), '-o', path, '--orders', file('little.csv', content)]
    const { said } = await sotto('pack', ...args)
    expect(said).not.toMatch(/5 visitors/)
    expect(said).toMatch(/\nLearned from the items' texts: terms\nToo little to learn from: blend, popularity, item-neighbours/)
    expect(coreOf(path).parts.map(({ model }) => model)).toEqual(['terms'])
    const inspected = (await sotto('inspect', path)).said
    expect(inspected).not.toMatch(/5 visitors/)
    expect(inspected).toMatch(/learned: 1 part\n {4}from the items' texts: terms\n/)
    await told('pack', ...args, '--orders', ORDERS)
    const before = bytesOf(path)
    expect(await sotto('train', path, '--orders', args.at(-1)!)).toMatchObject({
      code: 1,
      warned: expect.stringMatching(/from enough orders/),
    })
    expect(bytesOf(path)).toEqual(before)
  })

  it('says where its support counts sessions, which may be one customer’s', async () => {
    const path = out('sessions')
    const orders = file('sessions.csv', `order_id,item\n${Array.from({ length: 9 }, (_, order) => `${order},item-3\n`).join('')}`)
    const facts = await told('pack', FEED, '-o', path, '--orders', orders, ...MODELS)
    expect(facts.orders).toMatchObject({ visitors: 9, countedBy: 'sessions' })
    expect(facts.learned).toMatchObject({ support: 5, countedBy: 'sessions' })
    expect(metadataOf(bytesOf(path))).toMatchObject({ support: '5', support_counts: 'sessions' })
    expect((await sotto('inspect', path)).said).toMatch(/from at least 5 sessions \(.* may be one customer's\)/)
    const { said } = await sotto('train', path, '--orders', ORDERS, '--models', 'transitions')
    expect(said).toMatch(/30 used, of 10 visitors\n[\s\S]*Learned from at least 5 visitors: transitions/)
    // The popularity that stays still counts sessions.
    expect(await told('inspect', path)).toMatchObject({ countedBy: 'sessions' })
    await told('train', path, '--orders', orders, ...MODELS)
    expect((await sotto('pack', FEED, '-o', path, '--orders', orders, ...MODELS)).said).toMatch(
      /9 used, of 9 sessions \(.*\)\n[\s\S]*at least 5 sessions \(.*\): popularity/,
    )
  })

  it('of one item alone', async () => {
    const path = out('single')
    const feed = file('single.csv', 'id,title\n1,Only\n')
    const orders = file('single-orders.csv', `user,item\n${Array.from({ length: 9 }, (_, user) => `u${user},1\n`).join('')}`)
    await told('pack', feed, '-o', path, '--orders', orders, '--models', 'popularity,item-neighbours,ease,transitions,terms')
    expect(coreOf(path).total).toBe(1)
  })

  it('takes vectors of the site, by id, in 16 bits, and a locale', async () => {
    const path = out('vectors')
    const ids = new TextEncoder().encode(
      ITEMS.map(({ id }) => id)
        .reverse()
        .join('\n'),
    )
    const values = Float32Array.from({ length: 36 }, (_, at) => (at % 3 === 0 ? 36 - at : 1))
    const tensors = [
      { name: 'vectors', shape: [12, 3], data: values },
      { name: 'ids', shape: [ids.length], data: ids },
    ]
    const vectors = file('own.safetensors', writeSafetensors(tensors, {}))
    const facts = await told('pack', FEED, '-o', path, '--vectors', vectors, '--fine', '--locale', 'de')
    expect(facts.vectors).toEqual({ missing: 0, unknown: 0 })
    expect(await told('inspect', path)).toMatchObject({ dim: 3, bits: 16, vectorsOf: 'site', locale: 'de', items: 12 })
    const { head } = coreOf(path)
    // The last item's vector came first: (36, 1, 1).
    expect(head.vectors[33 + 1]! / head.vectors[33]!).toBeCloseTo(1 / 36, 1)
  })

  it.each<[string, string[], string, number]>([
    ['encoder', [], 'encoder', 128],
    ['terms', ['--vectors-of', 'terms'], 'terms', 12],
    ['mixed', ['--vectors-of', 'mixed'], 'encoder+terms', 140],
    ['auto', ['--orders', ORDERS, '--vectors-of', 'auto', ...MODELS], 'encoder', 128],
  ])('makes vectors as asked for: %s', async (name, args, vectorsOf, dim) => {
    const path = out(`vectors-${name}`)
    // Words of their own, and one that all share in pairs.
    const feed = ITEMS.map((item, at) => ({ ...item, title: `Chair number${at} kind${at >> 1} made${at % 5}` }))
    const facts = await told('pack', file('words.json', JSON.stringify(feed)), '-o', path, ...args)
    expect(facts.vectorsOf).toEqual({ kinds: vectorsOf.split('+'), trials: [] })
    const found = await told('inspect', path)
    expect(found.vectorsOf).toBe(vectorsOf)
    expect(found.dim).toBeLessThanOrEqual(dim)
    expect(found.dim === 128).toBe(vectorsOf === 'encoder')
  })

  it('takes other vectors than the usual ones where orders show that they are better, and says by how much', async () => {
    const words = ['qorx', 'vunt', 'zelp', 'mabb', 'hirk', 'dwof']
    const titles = Array.from({ length: 36 }, (_, at) => `${words[at % 6]} ${['chair', 'table', 'lamp', 'sofa'][at % 4]}`)
    const feed = file('kinds.json', JSON.stringify(titles.map((title, at) => ({ id: `${at}`, title }))))
    // Each visitor stays with one word; the site's own vectors are all alike.
    const rows = Array.from({ length: 120 }, (_, user) => [0, 1, 2, 3].map((step) => `u${user},${(user % 6) + 6 * ((user + step) % 6)}`))
    const orders = file('kinds.csv', `user,item\n${rows.flat().join('\n')}`)
    const own = file('alike.safetensors', writeSafetensors([{ name: 'vectors', shape: [36, 2], data: new Float32Array(72).fill(1) }], {}))
    const pack = (...more: string[]) =>
      sotto('pack', feed, '-o', out('chosen'), '--orders', orders, '--models', 'popularity', '--vectors', own, ...more)
    const { said } = await pack('--vectors-of', 'auto')
    expect(said).toMatch(
      /Vectors: of encoder\n {2}by themselves, NDCG@10 of what visitors chose next: encoder 0\.\d{4}, .*, site 0\.0\d{3}/,
    )
    expect((await pack()).said).toMatch(/Vectors: of site; text search needs those of the encoder alone \(--vectors-of encoder\)\n\S/)
  })

  it('without orders learns what needs none, where asked to', async () => {
    const path = out('terms')
    const facts = await told('pack', FEED, '-o', path, '--models', 'terms,ease')
    expect(facts.learned).toEqual({ support: 5, countedBy: 'visitors', models: ['terms'], fromItems: ['terms'], without: ['ease'] })
    expect(coreOf(path).head.ids.toArray()).toEqual(ITEMS.map(({ id }) => id))
  })

  it.each<[string, string[], RegExp]>([
    ['no feed', ['-o', 'a.pack'], /FEED is missing/],
    ['two feeds', ['a', 'b', '-o', 'a.pack'], /"b" is one argument too many/],
    ['no name', [FEED], /-o is missing/],
    ['a name of another kind', [FEED, '-o', 'a.json'], /-o is a\.json, expected a file name that ends in \.pack/],
    ['a name that cannot be one', [FEED, '-o', 'a b.pack'], /expected a name of letters/],
    ['an unknown option', [FEED, '-o', 'a.pack', '--ordres', 'x'], /--ordres/],
    ['an option without value', [FEED, '-o', 'a.pack', '--orders'], /--orders/],
    ['too little support', [FEED, '-o', 'a.pack', '--support', '2'], /support is "2", expected .* at least 3: everyone can read a pack/],
    ['support that is no number', [FEED, '-o', 'a.pack', '--support', 'few'], /support is "few", expected a whole number/],
    ['an unknown model', [FEED, '-o', 'a.pack', '--models', 'ease,oracle'], /no model "oracle", expected default, all, or some of/],
    [
      'an unknown kind of vectors',
      [FEED, '-o', 'a.pack', '--vectors-of', 'magic'],
      /vectors of "magic", expected auto, encoder, terms, site, mixed/,
    ],
    [
      'the vectors of the site without any',
      [FEED, '-o', 'a.pack', '--vectors-of', 'site'],
      /the site's own were asked for, and none are given/,
    ],
    ['support of nothing', [FEED, '-o', 'a.pack', '--support', ''], /support is ""/],
    ['no locale', [FEED, '-o', 'a.pack', '--locale', 'xx_yy'], /--locale is "xx_yy", expected a tag such as de/],
  ])('called with %s: code 2, in a line', async (_, args, message) => {
    const { code, said, warned } = await sotto('pack', ...args)
    expect({ code, said }).toEqual({ code: 2, said: '' })
    expect(warned).toMatch(message)
    expect(warned).toMatch(/^sotto pack: .*\nsotto pack --help tells more$/)
  })

  it.each<[string, string, RegExp]>([
    ['is empty', '[]', /holds no entry; a feed needs at least one item/],
    ['has no item', '[{"id":1},5]', /none of its 2 entries is an item \(.*without-title.*\)/],
    ['is none', '<html>', /is a web page/],
  ])('where the feed %s: code 1, and the pack that was there stays', async (name, content, message) => {
    const path = out(name)
    await told('pack', FEED, '-o', path)
    const before = bytesOf(path)
    const { code, said, warned } = await sotto('pack', file('bad', content), '-o', path)
    expect({ code, said }).toEqual({ code: 1, said: '' })
    expect(warned).toMatch(message)
    expect(warned).not.toContain('Usage')
    expect(bytesOf(path)).toEqual(before)
  })

  it.each(['<rss></rss>', 'id\ttitle\n1\tChair\n', '', '[]'])('a file that is of another kind is named so: %j', async (content) => {
    const other = file('other.txt', content)
    expect(await sotto('inspect', other)).toMatchObject({ code: 1, warned: `sotto inspect: ${other} is not a pack; check the path` })
    const { code, warned } = await sotto('pack', FEED, '-o', out('other'), '--vectors', other)
    expect({ code, warned }).toEqual({ code: 1, warned: `sotto pack: ${other} is not a safetensors file; check the path` })
  })

  it('where a file is not there: code 1', async () => {
    expect(await sotto('pack', file('nowhere'), '-o', out('x'))).toMatchObject({
      code: 1,
      warned: expect.stringMatching(/nowhere cannot be opened: it is not there \(ENOENT\); check the path/),
    })
    expect(await sotto('pack', '--rollback', '-o', out('x'))).toMatchObject({ code: 1, warned: expect.stringMatching(/no pack before/) })
  })

  it('where the folder cannot be made: code 1, and why in words', async () => {
    const path = join(FEED, 'catalog.pack')
    const { code, warned } = await sotto('pack', FEED, '-o', path)
    expect(code).toBe(1)
    expect(warned).toMatch(/^sotto pack: .*catalog\.pack cannot be written: [a-z ,]+ \((ENOTDIR|EEXIST)\); expected a file in a folder/)
    expect(await sotto('pack', dirname(FEED), '-o', out('x'))).toMatchObject({
      code: 1,
      warned: `sotto pack: ${dirname(FEED)} cannot be read: it is a folder, not a file (EISDIR); check the path`,
    })
  })

  it('where notes of learning cannot be kept: code 1, and why in words', async () => {
    const failed = Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS', syscall: 'mkdir', path: '/notes' })
    const said: string[] = []
    const code = tellFailure(
      failed,
      { print: () => {}, warn: (text) => said.push(text), now: () => NOW },
      { command: 'sotto train', isJson: false },
    )
    expect({ code, said }).toEqual({ code: 1, said: ['sotto train: /notes: the disk can only be read (EROFS)'] })
  })

  it('--rollback goes back to the pack before', async () => {
    const path = out('back')
    await told('pack', FEED, '-o', path, '--orders', ORDERS, ...MODELS)
    await told('pack', file('one.csv', 'id,title\n1,Only\n'), '-o', path)
    expect(coreOf(path).total).toBe(1)
    expect(await sotto('pack', '--rollback', '-o', path)).toMatchObject({
      code: 0,
      said: `${path} is the pack before again, with 12 items`,
    })
    expect((await told('inspect', path)).parts).toHaveLength(2)
    expect(await told('pack', '--rollback', '-o', path)).toEqual({ out: path, items: 1 })
  })
})

describe('sotto train', () => {
  it('adds what is learned to a pack, whose items stay', async () => {
    const path = out('trained')
    await told('pack', FEED, '-o', path)
    const before = coreOf(path)
    const facts = await told('train', path, '--orders', ORDERS, ...MODELS)
    expect(facts.learned.models).toEqual(['popularity', 'transitions'])
    const after = coreOf(path)
    expect(after.head.ids.toArray()).toEqual(before.head.ids.toArray())
    expect(after.parts.map(({ model }) => model)).toEqual(['popularity', 'transitions'])
    const { tensors } = readPart(bytesOf(join(dirname(path), after.parts[0]!.file)))
    expect([...tensors.counts!.data].map((count) => count > 0)).toEqual(ITEMS.map((_, row) => row === 8 || row === 9))
  })

  it('again replaces only what it learns again, and tells the lowest support', async () => {
    const path = out('retrained')
    await told('pack', FEED, '-o', path, '--orders', ORDERS, ...MODELS, '--support', '4')
    const [popularity, transitions] = coreOf(path).parts
    const nothing = await sotto('train', path, '--orders', ORDERS, '--models', 'transitions', '--support', '11')
    expect(nothing).toMatchObject({ code: 1, warned: expect.stringMatching(/at least 11 visitors: too little to learn transitions from/) })
    const more = file(
      'more.csv',
      ['user,item,time', ...ROWS, ...ROWS.map((row) => row.replaceAll('u', 'v').replaceAll('item-8', 'item-7'))].join('\n'),
    )
    await told('train', path, '--orders', more, '--models', 'transitions', '--support', '5')
    const after = coreOf(path).parts
    expect(after.map(({ model }) => model)).toEqual(['popularity', 'transitions'])
    expect(after[0]).toEqual(popularity)
    expect(await told('inspect', path)).toMatchObject({ support: 4, hasPrevious: true })
    expect(readdirSync(dirname(path))).toContain(transitions!.file)
  })

  it('learns nothing anew that the blend weighs without the blend itself', async () => {
    const path = out('blended')
    await told('pack', FEED, '-o', path, '--orders', ORDERS)
    const before = bytesOf(path)
    const { code, said, warned } = await sotto('train', path, '--orders', ORDERS, '--models', 'ease,transitions')
    expect({ code, said }).toEqual({ code: 1, said: '' })
    expect(warned).toMatch(/its blend weighs ease, transitions as learned with it; .*--models ease,transitions,blend/)
    expect(bytesOf(path)).toEqual(before)
    expect((await told('train', path, '--orders', ORDERS, '--models', 'ease,transitions,blend')).learned.models).toContain('blend')
    // What is not in the blend may be learned by itself.
    expect((await told('train', path, '--orders', ORDERS, '--models', 'embedding')).learned.models).toEqual(['embedding'])
  })

  it.each<[string, string[], number, RegExp]>([
    ['no pack', ['--orders', ORDERS], 2, /PACK is missing/],
    ['no orders', ['a.pack'], 2, /--orders is missing/],
    ['a pack that is not there', ['a.pack', '--orders', ORDERS], 1, /a\.pack cannot be read/],
    ['a file that is no pack', [FEED, '--orders', ORDERS], 1, /items\.json is not a pack; check the path/],
  ])('with %s: refused', async (_, args, code, message) => {
    expect(await sotto('train', ...args)).toMatchObject({ code, said: '', warned: expect.stringMatching(message) })
  })

  it('of a pack of another major format: refused with both versions; of another minor one it is read', async () => {
    const path = out('formats')
    await told('pack', FEED, '-o', path)
    const core = bytesOf(path)
    for (const command of ['train', 'inspect']) {
      writeFileSync(path, withMetadata(core, { format: '2.0' }))
      const args = command === 'train' ? ['--orders', ORDERS, ...MODELS] : []
      expect(await sotto(command, path, ...args)).toMatchObject({ code: 1, warned: expect.stringMatching(/format is 2\.0, expected 1\.x/) })
      writeFileSync(path, withMetadata(core, { format: '1.9' }))
      expect(await sotto(command, path, ...args)).toMatchObject({ code: 0, warned: '' })
    }
  })
})

describe('sotto inspect', () => {
  it('tells what a pack holds', async () => {
    const path = out('inspected')
    await told('pack', FEED, '-o', path, '--orders', ORDERS, ...MODELS)
    expect(await told('inspect', path)).toMatchObject({
      format: '1.0',
      items: 12,
      coreItems: 12,
      dim: 128,
      bits: 8,
      vectorsOf: 'encoder',
      tails: 0,
      support: 5,
      hasPrevious: false,
      parts: [
        { model: 'popularity', settings: { halfLifeDays: 0 }, tensors: { counts: 'Uint16Array [12]' } },
        { model: 'transitions', settings: { reach: expect.any(Number) } },
      ],
    })
    const { said } = await sotto('inspect', path)
    expect(said).toMatch(/format 1\.0, 12 items/)
    expect(said).toMatch(/learned: 2 parts\n {4}from at least 5 visitors: popularity, transitions\n {4}popularity:/)
    expect(said).toMatch(/counts: Uint16Array \[12\]/)
  })

  it('names parts that are missing, damaged or of a later version, with code 1', async () => {
    const path = out('damaged')
    await told('pack', FEED, '-o', path, '--orders', ORDERS, ...MODELS)
    const [popularity, transitions] = coreOf(path).parts
    const beside = (part: { readonly file: string } | undefined) => join(dirname(path), part!.file)
    writeFileSync(beside(popularity), bytesOf(beside(popularity)).subarray(1))
    writeFileSync(beside(transitions), withMetadata(bytesOf(beside(transitions)), { model: 'transitionz' }))
    const { code, said } = await sotto('inspect', path)
    expect(code).toBe(1)
    expect(said).toMatch(/PROBLEM: catalog-[0-9a-f]{14}\.pack has \d+ bytes, expected \d+/)
    expect(said).toMatch(/PROBLEM: Pack: model is transitionz, which this version does not know/)
  })
})

describe('sotto', () => {
  it.each<[string, string[], number, RegExp]>([
    ['--version', ['--version'], 0, new RegExp(`^${VERSION.replaceAll('.', '\\.')}$`)],
    ['--help', ['--help'], 0, /Usage: sotto COMMAND[\s\S]*pack[\s\S]*train[\s\S]*evaluate[\s\S]*audit[\s\S]*inspect/],
    ['help of a command', ['help', 'train'], 0, /^Usage: sotto train PACK/],
    ['--help of a command', ['inspect', '--help'], 0, /^Usage: sotto inspect PACK/],
    ['--help of evaluate', ['evaluate', '--help'], 0, /Usage: sotto evaluate --data DIR/],
    ['--help of audit', ['audit', '--help'], 0, /Usage: sotto audit --data DIR/],
  ])('%s', async (_, args, code, message) => {
    expect(await sotto(...args)).toEqual({ code, said: expect.stringMatching(message), warned: '' })
  })

  it.each<[string, string[], RegExp]>([
    ['no command', [], /a command is missing, expected pack, train/],
    ['an unknown command', ['bake'], /no command "bake", expected pack, train/],
    ['evaluate without its arguments', ['evaluate'], /--data DIR is missing/],
  ])('with %s: code 2', async (_, args, message) => {
    expect(await sotto(...args)).toMatchObject({ code: 2, said: '', warned: expect.stringMatching(message) })
  })

  it.each<[string, string[], number, string, RegExp]>([
    ['an unknown command', ['bake', '--json'], 2, 'invalid-argument', /^there is no command "bake"/],
    ['a missing argument', ['inspect', '--json'], 2, 'invalid-argument', /^PACK is missing$/],
    [
      'a file that is not there',
      ['inspect', 'nowhere.pack', '--json'],
      1,
      'catalog-failed',
      /^nowhere\.pack cannot be read: it is not there \(ENOENT\)/,
    ],
    ['a feed of nothing', ['pack', file('empty.json', '[]'), '-o', out('nothing'), '--json'], 1, 'catalog-failed', /holds no entry/],
    ['no pack to train', ['train', 'nowhere.pack', '--orders', ORDERS, '--json'], 1, 'catalog-failed', /nowhere\.pack/],
    ['figures of no data', ['evaluate', '--json=x.json'], 2, 'invalid-argument', /--data DIR is missing/],
  ])('tells programs of %s: one object, and the same exit code', async (_, args, code, failure, message) => {
    const answer = await sotto(...args)
    expect(answer).toMatchObject({ code, warned: '' })
    expect(JSON.parse(answer.said)).toMatchObject({ code: failure, message: expect.stringMatching(message), details: expect.any(Object) })
  })

  it('tells programs of a defect, and throws it', () => {
    const said: string[] = []
    const io = { print: (text: string) => said.push(text), warn: () => {}, now: () => NOW }
    expect(() => tellFailure(new RangeError('a hole'), io, { command: 'sotto', isJson: true })).toThrow('a hole')
    expect(JSON.parse(said.join(''))).toEqual({ code: 'internal', message: 'RangeError: a hole', details: {} })
  })
})
