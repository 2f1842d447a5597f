import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../../../pack/commands/run-cli'
import { awaitedAt } from '../../../../pack/estimates/nothing-published'
import { withOffset } from '../../../../pack/learn/revise-prior'
import { partFiles } from '../../../../pack/make/part-files'
import { withMetadata } from '../../../../pack/write/pack-header'
import { savePack } from '../../../../pack/write/save-pack'
import { epochStart } from '../../../../src/shared/signals/epoch'
import type { EstimatesDocument } from '../../../../src/shared/signals/estimates'
import type { Metric } from '../../../../src/shared/signals/signal-plan'
import { readPackCore } from '../../../../worker/catalog/read-pack'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'
import { readPart } from '../../../../worker/models/read-part'
import { WEEK } from '../../../support/estimates-document'
import { temporaryFolder } from '../../../support/temporary-folder'
import { documentOf } from '../estimates/made-signals'

const file = temporaryFolder()
const NOW = epochStart(WEEK + 2)

async function sotto(args: readonly string[], document?: EstimatesDocument) {
  const said: string[] = []
  const warned: string[] = []
  const fetch = async () => new Response(JSON.stringify(document))
  const code = await runCli(args, { print: (text) => said.push(text), warn: (text) => warned.push(text), now: () => NOW, fetch })
  return { code, said: said.join('\n'), warned: warned.join('\n') }
}

const ITEMS = Array.from({ length: 12 }, (_, at) => ({ id: `item-${at}`, title: `Chair ${at}`, categories: ['Chairs'] }))
const FEED = file('items.json', JSON.stringify(ITEMS))
const ASKED: Metric = { name: 'most-viewed', counts: 'item', event: 'viewed', items: ['item-2', 'item-5', 'item-8', 'item-11'] }
const RANKER: Metric = { name: 'ranker', counts: 'ranker', features: ['transitions', 'popularity'] }
const weeksOf = (values: readonly number[], error = 5) => [WEEK, WEEK - 1].map((epoch) => ({ epoch, values, error }))

/** Visitors who go round the ring of items, one a day. */
function rounds(visitors: number): string {
  const random = seededRandom(4)
  const rows = Array.from({ length: visitors }, (_, user) => {
    const first = Math.floor(random() * 12)
    return Array.from({ length: 6 }, (_, step) => {
      const item = random() < 0.2 ? Math.floor(random() * 12) : (first + step) % 12
      return `u${user},item-${item},2026-10-${String(10 + step + Math.floor(random() * 14)).padStart(2, '0')}`
    }).join('\n')
  })
  return ['user,item,time', ...rows].join('\n')
}

const idsOf = (path: string) => readPackCore(new Uint8Array(readFileSync(path))).head.ids.toArray()
const partsOf = (path: string) => {
  const { parts } = readPackCore(new Uint8Array(readFileSync(path)))
  return parts.map((part) => readPart(new Uint8Array(readFileSync(join(dirname(path), part.file)))))
}

describe('sotto pack --estimates', () => {
  it('without orders: puts first what visitors reported, in a part of its own too, and says what it rests on', async () => {
    const path = file('feed/catalog.pack')
    const document = documentOf(ASKED, weeksOf([10, 20, 60, 900]))
    const { code, said } = await sotto(['pack', FEED, '-o', path, '--estimates', 'https://collect.example'], document)
    expect(code).toBe(0)
    expect(said).toContain(
      'https://collect.example:\n  order of popularity corrected by items viewed (most-viewed): 4 of the list, 2,000 reports of 2 epochs\n',
    )
    expect(idsOf(path)[0]).toBe('item-11')
    expect(partsOf(path).map(({ model }) => model)).toEqual(['popularity'])
    const { said: inspected } = await sotto(['inspect', path])
    expect(inspected).toContain("from visitors' reports: popularity")
    expect(inspected).toContain("order corrected by visitors' reports: items viewed (most-viewed): 2000 reports")
  })

  it('says when a collector that has published nothing will, and goes on without', async () => {
    const path = file('young/catalog.pack')
    const args = ['pack', FEED, '-o', path, '--estimates', 'https://collect.example']
    const nothing: EstimatesDocument = { sotto: 'estimates/1', plans: {}, epochs: [] }
    const { code, said, warned } = await sotto(args, nothing)
    expect({ code, warned }).toEqual({ code: 0, warned: '' })
    expect(said).toContain('https://collect.example: nothing is published yet, so nothing was learned from it\n')
    expect(said).toContain(
      'next on Monday, 23 November 2026, 01:00 UTC;\n  what visitors do this week, on Monday, 7 December 2026, 01:00 UTC',
    )
    expect(idsOf(path)).toEqual(ITEMS.map(({ id }) => id))
    // Two hours later the week before the last is closed.
    expect(awaitedAt(NOW + 7_200_000).next).toBe('2026-11-30T01:00:00.000Z')
    expect(JSON.parse((await sotto([...args, '--json'], nothing)).said).estimates).toMatchObject({
      taken: [],
      awaited: { next: '2026-11-23T01:00:00.000Z', thisWeek: '2026-12-07T01:00:00.000Z' },
    })
  })

  it('says of what no pack learns from which metrics it would', async () => {
    const document = documentOf({ name: 'funnel', counts: 'funnel' }, weeksOf([9, 9, 9]))
    const { said } = await sotto(['pack', FEED, '-o', file('deaf/catalog.pack'), '--estimates', 'https://collect.example'], document)
    expect(said).toContain('nothing that a pack learns from, which is metrics that count item, interest, ranker')
  })

  it('says of noise that it is no more, and leaves the feed as it was', async () => {
    const path = file('noise/catalog.pack')
    const document = documentOf(ASKED, weeksOf([10, -20, 6, 9], 50))
    const { said } = await sotto(['pack', FEED, '-o', path, '--estimates', 'https://collect.example'], document)
    expect(said).toContain('not taken: items viewed (most-viewed): it differs from what was expected by no more than noise')
    expect(idsOf(path)).toEqual(ITEMS.map(({ id }) => id))
    expect(partsOf(path)).toEqual([])
  })

  it('with orders: corrects their order, and lifts popularity', async () => {
    const orders = file('orders.csv', rounds(60))
    const path = file('orders/catalog.pack')
    const plain = file('plain/catalog.pack')
    const models = ['--orders', orders, '--models', 'popularity']
    await sotto(['pack', FEED, '-o', plain, ...models])
    const document = documentOf(ASKED, weeksOf([50, 50, 50, 2000]))
    const { code } = await sotto(['pack', FEED, '-o', path, ...models, '--estimates', 'https://collect.example'], document)
    expect(code).toBe(0)
    expect(idsOf(path)[0]).toBe('item-11')
    expect(idsOf(plain)[0]).not.toBe('item-11')
    const countsOf = (pack: string) => new Map(idsOf(pack).map((id, row) => [id, partsOf(pack)[0]!.tensors.counts!.data[row]!]))
    expect(countsOf(path).get('item-11')).toBeGreaterThan(countsOf(plain).get('item-11')!)
    expect(countsOf(path).get('item-0')).toBe(countsOf(plain).get('item-0'))
  })

  it('moves the ranker only where held-out choices say so, and says why it does not', async () => {
    const orders = file('many.csv', rounds(400))
    const models = ['--orders', orders, '--models', 'popularity,transitions,blend']
    const weightsOf = (pack: string) => [...partsOf(pack).find(({ model }) => model === 'blend')!.tensors.weights!.data]
    const pack = async (name: string, values: readonly number[], args: readonly string[] = models) => {
      const document = documentOf(RANKER, weeksOf(values, 0.005))
      return sotto(
        ['pack', FEED, '-o', file(`${name}/catalog.pack`), ...args, '--estimates', 'https://collect.example', '--json'],
        document,
      )
    }
    const { estimates: worse } = JSON.parse((await pack('worse', [-0.2, 0.2])).said)
    expect(worse.ranker).toMatchObject({ reports: 4000, epochs: 2, moves: { transitions: expect.any(Number) } })
    expect(worse.prior).toMatchObject({ isTaken: false })
    await sotto(['pack', FEED, '-o', file('plain/catalog.pack'), ...models])
    expect(weightsOf(file('worse/catalog.pack'))).toEqual(weightsOf(file('plain/catalog.pack')))
    const { estimates: unchecked } = JSON.parse((await pack('unchecked', [0.2, 0.2], [])).said)
    expect(unchecked).not.toHaveProperty('prior')
    const { said } = await sotto(
      ['pack', FEED, '-o', file('words/catalog.pack'), '--estimates', 'https://collect.example'],
      documentOf(RANKER, weeksOf([0.2, 0.2], 0.005)),
    )
    expect(said).toContain(
      "the ranker's weights (ranker), 4,000 reports of 2 epochs, would move its prior\n  the ranker's prior stays: without orders there is nothing to check another by",
    )
  })

  it('asks again whether the ranker is to stay where the pack before had moved it', async () => {
    const path = file('again/catalog.pack')
    const args = [
      'pack',
      FEED,
      '-o',
      path,
      '--orders',
      file('again.csv', rounds(400)),
      '--models',
      'popularity,transitions,blend',
      '--json',
    ]
    const pack = async (): Promise<{ estimates: { prior?: object } }> => {
      const still = documentOf(RANKER, weeksOf([0, 0], 0.005))
      return JSON.parse((await sotto([...args, '--estimates', 'https://collect.example'], still)).said)
    }
    expect((await pack()).estimates).not.toHaveProperty('prior')
    const blend = partsOf(path).find(({ model }) => model === 'blend')!
    const moved = withOffset(
      blend,
      Float64Array.from(blend.tensors.weights!.data, () => 0.5),
    )
    const [made] = partFiles('catalog', [moved])
    const core = new Uint8Array(readFileSync(path))
    const parts = readPackCore(core).parts.map((part) => (part.model === 'blend' ? made!.announced : part))
    await savePack(path, withMetadata(core, { parts: JSON.stringify(parts) }), [made!])
    const { prior } = (await pack()).estimates
    expect(prior).toMatchObject({ visitors: expect.any(Number) })
  })

  it('tells programs why it failed in one object, where the result would have been', async () => {
    const wrong = file('wrong-too.json', '<html>')
    const { code, said, warned } = await sotto(['pack', FEED, '-o', file('failed/catalog.pack'), '--estimates', wrong, '--json'])
    expect({ code, warned }).toEqual({ code: 1, warned: '' })
    expect(JSON.parse(said)).toEqual({
      code: 'invalid-argument',
      message: expect.stringMatching(/^\/.*wrong-too\.json: is a web page, no estimates/),
      details: {},
    })
  })

  it('refuses what is no estimates before anything is written', async () => {
    const path = file('refused/catalog.pack')
    const wrong = file('wrong.json', '{"sotto":"estimates/9"}')
    const { code, warned } = await sotto(['pack', FEED, '-o', path, '--estimates', wrong])
    expect(code).toBe(1)
    expect(warned).toMatch(
      /wrong\.json: estimates: sotto must be 'estimates\/1' \(this version reads that alone: .*\); got estimates\/9; nothing was written; leave out --estimates/,
    )
    expect(() => readFileSync(path)).toThrow('ENOENT')
  })
})

describe('sotto train --estimates', () => {
  const collector = ['--estimates', 'https://collect.example']

  it('lifts what is learned as sotto pack does, and leaves the items in their order', async () => {
    const orders = file('train.csv', rounds(60))
    const models = ['--orders', orders, '--models', 'popularity']
    const [path, plain] = [file('train/catalog.pack'), file('untrained/catalog.pack')]
    const document = documentOf(ASKED, weeksOf([50, 50, 50, 2000]))
    for (const each of [path, plain]) await sotto(['pack', FEED, '-o', each])
    await sotto(['train', plain, ...models])
    const { code, said } = await sotto(['train', path, ...models, ...collector], document)
    expect(code).toBe(0)
    expect(said).toContain('  popularity corrected by items viewed (most-viewed): 4 of the list, 2,000 reports of 2 epochs\n')
    expect(idsOf(path)).toEqual(idsOf(plain))
    const countsOf = (pack: string) => new Map(idsOf(pack).map((id, row) => [id, partsOf(pack)[0]!.tensors.counts!.data[row]!]))
    expect(countsOf(path).get('item-11')).toBeGreaterThan(countsOf(plain).get('item-11')!)
    expect(countsOf(path).get('item-0')).toBe(countsOf(plain).get('item-0'))
    // The same that a pack made at once holds, whose items stand in another order.
    const packed = file('packed/catalog.pack')
    await sotto(['pack', FEED, '-o', packed, ...models, ...collector], document)
    const inOrder = (pack: string) => [...countsOf(pack)].sort()
    expect(inOrder(path)).toEqual(inOrder(packed))
  })

  it('checks the ranker by held-out orders, as sotto pack does', async () => {
    const path = file('train-ranker/catalog.pack')
    await sotto(['pack', FEED, '-o', path])
    const args = ['train', path, '--orders', file('train-many.csv', rounds(400)), '--models', 'popularity,transitions,blend', '--json']
    const { said } = await sotto([...args, ...collector], documentOf(RANKER, weeksOf([-0.2, 0.2], 0.005)))
    expect(JSON.parse(said).estimates).toMatchObject({ ranker: { reports: 4000 }, prior: { isTaken: false } })
  })

  it('is refused where it would change nothing', async () => {
    const path = file('train/catalog.pack')
    const orders = file('train-few.csv', rounds(10))
    expect(await sotto(['train', path, '--orders', orders, '--models', 'ease', ...collector])).toMatchObject({
      code: 2,
      warned: expect.stringContaining('--estimates corrects popularity, lately, blend, and --models is ease: name one of them'),
    })
    expect(await sotto(['train', path, ...collector])).toMatchObject({
      code: 2,
      warned: expect.stringContaining('without orders, sotto pack takes --estimates'),
    })
  })
})
