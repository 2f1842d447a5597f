// A tab of its own, as far as storage goes: a worker with its own connection, that appends what it is told, one event at a time.
import type { IncomingEvent } from '../../src/shared/events'
import { DEFAULT_MAX_AGE_MS, DEFAULT_MAX_EVENTS } from '../../src/shared/limits'
import { openHistory } from '../../worker/store/open-history'

addEventListener('message', async ({ data }: MessageEvent<{ namespace: string; events: IncomingEvent[]; replayed: boolean }>) => {
  const { namespace, events, replayed } = data
  const store = await openHistory({ namespace, maxAgeMs: DEFAULT_MAX_AGE_MS, maxEvents: DEFAULT_MAX_EVENTS, now: Date.now })
  const receipts = await Promise.all(events.map((event) => store.append([event], replayed)))
  postMessage(receipts.flat())
})
