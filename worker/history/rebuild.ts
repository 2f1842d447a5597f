import type { StoredEvent } from '../../src/shared/events'
import { type Checkpoint, EMPTY_CHECKPOINT } from './checkpoint'
import { closeDraft, openDraft, record } from './draft'

/**
 * The checkpoint that a store's events lead to, for one that is missing or of another version. Knows nothing of what was deleted or
 * dropped before: those counts start again.
 * @param events oldest first.
 */
export function rebuild(events: readonly StoredEvent[]): Checkpoint {
  const draft = openDraft(EMPTY_CHECKPOINT)
  for (const event of events) {
    record(draft, event)
    draft.sessions = Math.max(draft.sessions, event.session)
    draft.lastTime = Math.max(draft.lastTime ?? 0, event.time)
  }
  return closeDraft(draft)
}
