import { describe, expect, test } from 'vitest'
import { Journal } from '../../../src/journal'
import { Outbox } from '../../../src/outbox'
import type { IncomingEvent, TrackReceipt } from '../../../src/shared/events'
import { memoryStorage } from '../../support/memory-storage'

const event = (id: string): IncomingEvent => ({ id, name: 'view_item', time: 1, params: { items: [{ item_id: 'a' }] } })
const stored = (events: readonly IncomingEvent[]): TrackReceipt[] => events.map(({ id }) => ({ id, outcome: 'stored' }))

function setUp(storage = memoryStorage()) {
  const posts: { ids: string[]; replayed: boolean; answer: (fails?: boolean) => void }[] = []
  const journal = new Journal('shop', () => storage)
  const outbox = new Outbox((events, replayed) => {
    return new Promise((resolve, reject) => {
      posts.push({
        ids: events.map(({ id }) => id),
        replayed,
        answer: (fails) => (fails ? reject(new Error('gone')) : resolve(stored(events))),
      })
    })
  }, journal)
  const add = (id: string) => outbox.add(id, JSON.stringify(event(id)))
  return { storage, posts, journal, outbox, add }
}

describe('Outbox', () => {
  test('what is tracked in one task leaves in one message within that task', async () => {
    const { outbox, posts, add } = setUp()
    outbox.setConsent('granted')
    const receipts = Promise.all([add('1'), add('2')])
    await Promise.resolve()
    expect(posts.map(({ ids }) => ids)).toEqual([['1', '2']])
    posts[0]!.answer()
    expect(await receipts).toEqual([
      { id: '1', outcome: 'stored' },
      { id: '2', outcome: 'stored' },
    ])
  })

  test('a batch lies in the journal until it is acknowledged, and no longer', async () => {
    const { outbox, posts, journal, add } = setUp()
    outbox.setConsent('granted')
    const receipt = add('1')
    await Promise.resolve()
    expect(journal.keys()).toHaveLength(1)
    posts[0]!.answer()
    await receipt
    expect(journal.keys()).toEqual([])
  })

  test('the next page replays what the last one left, under the same ids', async () => {
    const left = setUp()
    left.outbox.setConsent('granted')
    void left.add('1')
    await Promise.resolve()
    const next = setUp(left.storage)
    next.outbox.setConsent('granted')
    expect(next.posts.map(({ ids, replayed }) => ({ ids, replayed }))).toEqual([{ ids: ['1'], replayed: true }])
  })

  test('an engine that fails leaves a journalled event for the next page, and says held', async () => {
    const { outbox, posts, journal, add } = setUp()
    outbox.setConsent('granted')
    const receipt = add('1')
    await Promise.resolve()
    posts[0]!.answer(true)
    expect(await receipt).toEqual({ id: '1', outcome: 'held' })
    expect(journal.keys()).toHaveLength(1)
  })

  test('an engine that fails where nothing could be journalled says dropped', async () => {
    const { outbox, posts, journal, add } = setUp(memoryStorage({ isFull: true }))
    outbox.setConsent('granted')
    const receipt = add('1')
    await Promise.resolve()
    posts[0]!.answer(true)
    expect(await receipt).toEqual({ id: '1', outcome: 'dropped', reason: 'engine-failed' })
    expect(journal.failures).toBe(1)
  })

  test('pending holds in memory, without storage and without the engine; consent sends it', async () => {
    const { outbox, posts, journal, add } = setUp()
    expect(await add('1')).toEqual({ id: '1', outcome: 'held' })
    expect(posts).toEqual([])
    expect(journal.keys()).toEqual([])
    outbox.setConsent('granted')
    await Promise.resolve()
    expect(posts[0]!.ids).toEqual(['1'])
  })

  test('pending holds no more than a page view is worth', async () => {
    const { add } = setUp()
    const receipts = await Promise.all(Array.from({ length: 101 }, (_, index) => add(String(index))))
    expect(receipts.filter(({ outcome }) => outcome === 'held')).toHaveLength(100)
    expect(receipts.at(-1)).toEqual({ id: '100', outcome: 'dropped', reason: 'consent-pending' })
  })

  test('pending leaves the journal of an earlier page alone; a refusal wipes it, and what was held', async () => {
    const storage = memoryStorage()
    storage.setItem('sotto:shop:x', '[]')
    storage.setItem('sotto:other:x', '[]')
    const { outbox, posts, add } = setUp(storage)
    await add('1')
    outbox.setConsent('pending')
    expect(Object.keys(storage)).toContain('sotto:shop:x')
    outbox.setConsent('denied')
    await Promise.resolve()
    expect(Object.keys(storage)).toEqual(['sotto:other:x'])
    expect(posts).toEqual([])
    expect(await add('2')).toEqual({ id: '2', outcome: 'dropped', reason: 'consent-denied' })
  })

  test('what earlier pages of the tab left counts too: a worker that never starts must not fill the site’s storage', async () => {
    const storage = memoryStorage()
    storage.setItem('sotto:shop:earlier', 'x'.repeat(199_000))
    const { outbox, journal } = setUp(storage)
    outbox.setConsent('granted')
    void outbox.add('1', JSON.stringify({ ...event('1'), params: 'x'.repeat(2_000) }))
    await Promise.resolve()
    expect(journal.keys()).toEqual(['sotto:shop:earlier'])
    expect(journal.failures).toBe(1)
  })

  test('consent given twice does not loosen the bound', async () => {
    const { outbox, posts, journal, add } = setUp()
    outbox.setConsent('granted')
    void add('1')
    await Promise.resolve()
    outbox.setConsent('granted')
    expect(posts.map(({ ids, replayed }) => ({ ids, replayed }))).toEqual([
      { ids: ['1'], replayed: false },
      { ids: ['1'], replayed: true },
    ])
    for (const { answer } of posts) answer()
    await new Promise((resolve) => setTimeout(resolve))
    void outbox.add('2', JSON.stringify({ ...event('2'), params: 'x'.repeat(199_950) }))
    await Promise.resolve()
    expect(journal.failures).toBe(1)
  })

  test('session posts without a journal', async () => {
    const { outbox, posts, journal, add } = setUp()
    outbox.setConsent('session')
    void add('1')
    await Promise.resolve()
    expect(posts[0]!.ids).toEqual(['1'])
    expect(journal.keys()).toEqual([])
  })

  test('a journal that somebody scribbled in is an empty batch', async () => {
    const storage = memoryStorage()
    storage.setItem('sotto:shop:x', '{not json')
    const { outbox, posts } = setUp(storage)
    outbox.setConsent('granted')
    expect(posts.map(({ ids }) => ids)).toEqual([[]])
  })

  test('the journal is bounded: what is beyond is sent without it, and counted', async () => {
    const { outbox, posts, journal } = setUp()
    outbox.setConsent('granted')
    void outbox.add('1', JSON.stringify({ ...event('1'), params: 'x'.repeat(200_000) }))
    await Promise.resolve()
    expect(posts).toHaveLength(1)
    expect(journal.keys()).toEqual([])
    expect(journal.failures).toBe(1)
  })
})
