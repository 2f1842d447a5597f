import { describe, expect, test } from 'vitest'
import { eventId } from '../../../src/shared/event-id'
import type { IncomingEvent } from '../../../src/shared/events'
import { HistoryKeeper } from '../../../worker/store/history-keeper'
import { MemoryHistory } from '../../../worker/store/memory-history'

const OPTIONS = { namespace: 'test', maxAgeMs: 1e12, maxEvents: 1_000, now: () => 2_000 }

const event = (time: number): IncomingEvent => ({
  id: eventId(time, () => 'x'),
  name: 'view_item',
  time,
  params: { items: [{ item_id: `item-${time}` }] },
})

function setUp({ wipeFails = false } = {}) {
  const disk = new MemoryHistory(OPTIONS)
  const calls: string[] = []
  const keeper = new HistoryKeeper({
    openDisk: async () => {
      calls.push('open')
      return disk
    },
    openMemory: () => new MemoryHistory(OPTIONS),
    alone: (work) => {
      calls.push('alone')
      return work()
    },
    wipeDisk: async () => {
      calls.push('wipe')
      if (wipeFails) throw new Error('blocked')
      await disk.wipe()
    },
  })
  const append = async (time: number) => (await keeper.current())?.append([event(time)], false)
  const onDisk = async () => (await disk.all()).map(({ time }) => time)
  return { keeper, calls, append, onDisk }
}

describe('HistoryKeeper', () => {
  test('remembers nothing before consent is known', async () => {
    const { keeper, calls, append } = setUp()
    expect(await append(1)).toBeUndefined()
    expect(keeper.consent).toBe('denied')
    expect(calls).toEqual([])
  })

  test('session never touches the disk; granted then stores what memory held', async () => {
    const { keeper, calls, append, onDisk } = setUp()
    await keeper.enforce('session')
    await append(1)
    expect(calls).toEqual([])
    expect(await onDisk()).toEqual([])
    await keeper.enforce('granted')
    await append(2)
    expect(await onDisk()).toEqual([1, 2])
  })

  test('session after granted leaves the disk as it is and starts empty', async () => {
    const { keeper, append, onDisk } = setUp()
    await keeper.enforce('granted')
    await append(1)
    await keeper.enforce('session')
    await append(2)
    expect((await (await keeper.current())?.all())?.map(({ time }) => time)).toEqual([2])
    expect(await onDisk()).toEqual([1])
  })

  test('what is appended while a change is under way lands on its far side', async () => {
    const { keeper, append, onDisk } = setUp()
    await keeper.enforce('granted')
    let letGo = () => {}
    const catalogLeft = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const changing = keeper.enforce('session', catalogLeft)
    const appending = append(1)
    letGo()
    await changing
    expect(await appending).toEqual([expect.objectContaining({ outcome: 'memory' })])
    expect(await onDisk()).toEqual([])
  })

  test('what is appended while everything is being forgotten is new, and kept', async () => {
    const { keeper, append, onDisk } = setUp()
    await keeper.enforce('granted')
    await append(1)
    const wiping = keeper.wipe(Promise.resolve())
    const appending = append(2)
    await Promise.all([wiping, appending])
    expect(await onDisk()).toEqual([2])
  })

  test('denied wipes, and nothing is kept from then on', async () => {
    const { keeper, calls, append, onDisk } = setUp()
    await keeper.enforce('granted')
    await append(1)
    await keeper.enforce('denied')
    expect(calls).toEqual(['open', 'alone', 'wipe'])
    expect(await append(2)).toBeUndefined()
    expect(await onDisk()).toEqual([])
  })

  test('a wipe that fails is told, and the history goes on', async () => {
    const { keeper, append, onDisk } = setUp({ wipeFails: true })
    await keeper.enforce('granted')
    await append(1)
    await expect(keeper.wipe()).rejects.toThrow('blocked')
    await append(2)
    expect(await onDisk()).toEqual([2])
    await expect(keeper.enforce('denied')).rejects.toThrow('blocked')
    expect(await append(3)).toBeUndefined()
  })

  test('a refusal in another tab takes along what this one was writing', async () => {
    const { keeper, append, onDisk } = setUp()
    await keeper.enforce('granted')
    await append(1)
    await keeper.hearRefusal(() => false)
    expect(await onDisk()).toEqual([])
    expect(keeper.consent).toBe('denied')
    expect(await append(2)).toBeUndefined()
  })

  test('but not what came after consent was given again there', async () => {
    const { keeper, append, onDisk } = setUp()
    await keeper.enforce('granted')
    await append(1)
    await keeper.hearRefusal(() => true)
    expect(await onDisk()).toEqual([1])
  })

  test('what another tab forgot, memory forgets too; the disk is that tab’s to wipe', async () => {
    const { keeper, append } = setUp()
    await keeper.enforce('session')
    await append(1)
    await keeper.hearForgotten()
    expect(await (await keeper.current())?.all()).toEqual([])
    expect(await append(2)).toEqual([expect.objectContaining({ outcome: 'memory' })])
  })

  test('asked twice at once, it is done once; asked again later, again', async () => {
    const { keeper, calls } = setUp()
    await Promise.all([keeper.enforce('denied'), keeper.enforce('denied')])
    expect(calls).toEqual(['wipe'])
    await keeper.enforce('denied')
    expect(calls).toEqual(['wipe', 'alone', 'wipe'])
  })

  test('asked for what was asked before something else, it is done anew', async () => {
    const { keeper, append, onDisk } = setUp()
    await Promise.all([keeper.enforce('granted'), keeper.enforce('denied'), keeper.enforce('granted')])
    await append(1)
    expect(await onDisk()).toEqual([1])
    const granting = keeper.enforce('granted')
    const refusing = keeper.hearRefusal(() => false)
    await Promise.all([granting, refusing, keeper.enforce('granted')])
    await append(2)
    expect(await onDisk()).toEqual([2])
  })
})
