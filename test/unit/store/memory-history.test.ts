import { expect, it } from 'vitest'
import { toFailure } from '../../../src/shared/errors'
import { storageError } from '../../../worker/store/faults'
import { MemoryHistory } from '../../../worker/store/memory-history'
import { DAY, NOW, views } from '../history/make-event'
import { describeHistory } from './history-conformance'

describeHistory('memory history', async (options) => new MemoryHistory({ namespace: 'test', ...options }))

const options = { namespace: 'test', maxAgeMs: 180 * DAY, maxEvents: 1_000, now: () => NOW }

it('goes on from what the disk could still tell, and says why it stands in', async () => {
  const disk = new MemoryHistory(options)
  await disk.append(views(10, NOW - DAY), false)
  const fault = toFailure(storageError('storage-quota', 'sotto:test'))
  const seeded = new MemoryHistory(options, fault, { checkpoint: await disk.checkpoint(), events: await disk.all() })
  await seeded.append(views(1, NOW, 0, 'x'), false)
  expect(seeded.fault).toBe(fault)
  expect(await seeded.all()).toHaveLength(11)
  expect(await seeded.checkpoint()).toMatchObject({ count: 11, sessions: 2 })
  expect(await disk.all()).toHaveLength(10)
})
