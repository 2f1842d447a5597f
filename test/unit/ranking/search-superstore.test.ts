import { beforeAll, expect, test } from 'vitest'
import { encoderFromDisk } from '../../../pack/encoder-from-disk'
import type { Item } from '../../../src/shared/items'
import { recommend } from '../../../worker/ranking/recommend'
import { checkpointOf, recordedCatalog, superstoreItems } from '../../support/reference-catalog'
import { contextOf } from './context-of'

/** With their article numbers alone as ids, as a shop would have them; the few that carry two names get `-2` behind the second. */
function shopItems(): readonly Item[] {
  const seen = new Set<string>()
  return superstoreItems().map((item) => {
    const number = item.id.split(' ')[0]!
    const id = seen.has(number) ? `${number}-2` : number
    seen.add(id)
    return { ...item, id }
  })
}

let find: (query: string) => Promise<readonly Item[]>

beforeAll(async () => {
  const encoder = await encoderFromDisk()
  const catalog = recordedCatalog(shopItems(), ({ title, categories }) => encoder.encode(`${title} ${categories.join(' ')}`))
  const context = contextOf(catalog, checkpointOf(), async (text) => encoder.encode(text))
  find = async (query) => (await recommend({ strategy: 'search', query, limit: 5 }, context)).map(({ item }) => item)
})

/** What a query should find, and how many of the first five are that, the first among them. */
test.each<[kind: string, query: string, wanted: RegExp, least: number]>([
  ['plain', 'office chair', /Chairs/, 5],
  ['plain', 'lamps', /lamp/i, 5],
  ['plain', 'desk lamp', /lamp/i, 5],
  ['plain', 'cordless phone', /Phones/, 5],
  ['plain', 'wall clock', /wall clock/i, 5],
  ['plain', 'laser printer', /laser/i, 5],
  ['plain', 'usb flash drive', /flash drive/i, 5],
  ['plain', 'canon copier', /canon/i, 5],
  ['plain', 'air purifier', /air purifier/i, 5],
  ['a word the shop lacks', 'folding chairs for my garden', /folding/i, 5],
  ['a colour that few have', 'red pen', /pen/i, 4],
  ['plural', 'batteries', /battery/i, 5],
  ['mistyped', 'office chiar', /Chairs/, 5],
  ['mistyped', 'sisors', /scissors/i, 5],
  ['mistyped', 'lable', /label/i, 5],
  ['mistyped', 'keybord', /keyboard/i, 5],
  ['mistyped', 'envlopes', /Envelopes/, 5],
  ['mistyped', 'printr', /printer/i, 5],
  ['mistyped', 'telefone', /telephone/i, 5],
  ['mistyped', 'vaccum', /vacuum/i, 5],
  ['mistyped', 'highliter', /highlighter/i, 5],
  ['mistyped', 'pencil sharpner', /sharpener/i, 5],
  ['mistyped', 'surge protecter', /surge/i, 5],
  ['unfinished', 'bookcas', /Bookcases/, 5],
  ['unfinished', 'logitech keyb', /logitech.*keyboard/i, 5],
  ['in two words', 'book case', /Bookcases/, 5],
  ['in two words', 'head set', /headset/i, 5],
  ['in one word', 'rubberbands', /rubber bands/i, 5],
  ['in one word', 'paperclips', /paper clips/i, 5],
  ['by meaning', 'bookshelf', /Bookcases/, 5],
  ['by meaning', 'sofa', /Chairs/, 4],
  ['by meaning', 'stapler', /staple/i, 5],
  ['part of an article number', '10004970', /10004970/, 1],
  ['an article number begun', '1000497', /1000497/, 1],
  ['an article number in small letters', 'tec-ac-10003628', /10003628/, 1],
])('%s: %s', async (_, query, wanted, least) => {
  const found = (await find(query)).map(({ id, title, categories }) => [title, id, ...categories].join(' '))
  expect(found[0]).toMatch(wanted)
  const fits = found.filter((text) => wanted.test(text))
  expect(fits.length, found.join('\n')).toBeGreaterThanOrEqual(least)
})

test('what the shop has nothing like stays unfound rather than guessed', async () => {
  for (const query of ['wastebasket', 'sourdough', 'qzxvwwkj']) expect(await find(query)).toEqual([])
})
