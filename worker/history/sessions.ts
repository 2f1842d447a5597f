import { FUTURE_SLACK_MS, SESSION_GAP_MS } from '../../src/shared/limits'
import type { Draft } from './draft'

/**
 * Finds the session of an event and moves the draft's `lastTime` on. A new one opens when the event comes `SESSION_GAP_MS` or more after
 * the latest one. An event from before the latest one (replayed, or of a slower tab) never opens one: it counts to the current session.
 * @returns number of the session, from 1.
 */
export function placeInSession(draft: Draft, time: number): number {
  const { lastTime } = draft
  if (lastTime === undefined || time - lastTime >= SESSION_GAP_MS) draft.sessions++
  draft.lastTime = Math.max(lastTime ?? time, time)
  return draft.sessions
}

/**
 * Notices that the clock was set back, which is so when the latest event lies in the future, and repairs the draft in place. Without it
 * no gap would show until the clock has caught up, so that one session stayed open for ever, and interests dated in the future would
 * outweigh all that follows.
 *
 * Times of the future become `now`. Set back by less than `SESSION_GAP_MS`, the session goes on; by more, nobody can tell how long the
 * visitor was away, and the next event opens a session, once. Stored events keep their times and are not lost; see `retention`
 * for which of them make room first. A clock set *forward* cannot be told from time passing.
 */
export function settleClock(draft: Draft, now: number): void {
  if (draft.lastTime === undefined || draft.lastTime <= now + FUTURE_SLACK_MS) return
  draft.lastTime = draft.lastTime - now < SESSION_GAP_MS ? now : undefined
  for (const [id, touch] of draft.touches) if (touch.time > now) draft.touches.set(id, { ...touch, time: now })
}
