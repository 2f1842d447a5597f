import { describe, expect, test } from 'vitest'
import type { EventName, StoredEvent } from '../../../../src/shared/events'
import { learnFromShown, type RankerNote, readNote, type ShownShelf, withShelf } from '../../../../worker/ranking/learned/shown'

const DIM = 3
const NOW = 1_000_000

/** Item a has feature 0, item b feature 1, c none; all have the bias. */
const SHELF: ShownShelf = {
  slot: 'home',
  time: NOW,
  ids: ['a', 'b', 'c'],
  rows: Float32Array.of(1, 0, 1, 0, 1, 1, 0, 0, 1),
  learned: new Uint8Array(3),
}

function noteOf(...shown: readonly ShownShelf[]): RankerNote {
  const precision = new Float64Array(DIM * DIM)
  for (let at = 0; at < DIM; at++) precision[at * DIM + at] = 1
  return { version: 1, prior: 'blend-1', belief: { mean: new Float64Array(DIM), precision }, shown }
}

function event(name: EventName, id: string, time = NOW + 1): StoredEvent {
  return { id: `${time}`, name, time, session: 1, items: [{ item_id: id }] }
}

describe('learning from shown shelves', () => {
  test('what was turned to counts for its features, what stood above it against its own', () => {
    const { belief, shown } = learnFromShown(noteOf(SHELF), [event('view_item', 'b')], NOW + 10)
    expect(belief.mean[1]).toBeGreaterThan(0.1)
    expect(belief.mean[0]).toBeLessThan(-0.1)
    expect([...shown[0]!.learned]).toEqual([0, 1, 0])
    // Curvature: it is surer than before.
    expect(belief.precision[0]).toBeGreaterThan(1)
  })

  test('far below what was taken nothing was seen', () => {
    const long = { ...SHELF, ids: ['b', 'c', 'a'], rows: Float32Array.of(0, 1, 1, 0, 0, 1, 1, 0, 1) }
    expect(learnFromShown(noteOf(long), [event('select_item', 'b')], NOW).belief.mean[0]).toBe(0)
  })

  test('the same look teaches once, a purchase once more and stronger', () => {
    const looked = learnFromShown(noteOf(SHELF), [event('view_item', 'b')], NOW)
    expect(learnFromShown(looked, [event('view_item', 'b'), event('view_item', 'b', NOW + 5)], NOW)).toEqual(looked)
    const bought = learnFromShown(looked, [event('view_item', 'b'), event('purchase', 'b', NOW + 9)], NOW)
    expect(bought.belief.mean[1]).toBeGreaterThan(looked.belief.mean[1]! + 0.1)
    expect([...bought.shown[0]!.learned]).toEqual([0, 2, 0])
  })

  test('nothing from a shelf that nothing was taken from, from before it was shown, or from events that say nothing', () => {
    const note = noteOf(SHELF)
    const events = [event('view_item', 'b', NOW - 1), event('impression', 'b'), event('view_item', 'z'), event('remove_from_cart', 'a')]
    expect(learnFromShown(note, events, NOW)).toEqual(note)
  })

  test('after half an hour a shelf tells nothing more', () => {
    expect(learnFromShown(noteOf(SHELF), [], NOW + 31 * 60_000).shown).toEqual([])
  })
})

test('a click counts for the latest shelf that showed the item, not for all of them', () => {
  const later = { ...SHELF, slot: 'other', time: NOW + 5 }
  const once = learnFromShown(noteOf(SHELF), [event('view_item', 'b', NOW + 6)], NOW + 10)
  const shown = learnFromShown(noteOf(SHELF, later), [event('view_item', 'b', NOW + 6)], NOW + 10)
  expect(shown.belief).toEqual(once.belief)
  expect(shown.shown.map(({ learned }) => [...learned])).toEqual([
    [0, 0, 0],
    [0, 1, 0],
  ])
})

test('a shelf that nothing was taken from gives its place to the next one of its slot', () => {
  const next = { ...SHELF, ids: ['b', 'c', 'd'], time: NOW + 1 }
  expect(withShelf(noteOf(SHELF), next).shown).toEqual([next])
  const taken = { ...SHELF, learned: Uint8Array.of(0, 1, 0) }
  expect(withShelf(noteOf(taken), next).shown).toEqual([taken, next])
})

test('the last six shelves are kept, the same one once', () => {
  let note = noteOf()
  for (let at = 0; at < 8; at++) note = withShelf(note, { ...SHELF, slot: `slot-${at}` })
  expect(note.shown.map(({ slot }) => slot)).toEqual(['slot-2', 'slot-3', 'slot-4', 'slot-5', 'slot-6', 'slot-7'])
  expect(
    withShelf(note, { ...SHELF, slot: 'slot-4' })
      .shown.map(({ slot }) => slot)
      .filter((slot) => slot === 'slot-4'),
  ).toHaveLength(1)
})

describe('what lies on the disk', () => {
  test('is taken as it was kept', () => {
    const note = noteOf(SHELF)
    expect(readNote(structuredClone(note), 'blend-1', DIM)).toEqual(note)
  })

  test.each([
    ['nothing', undefined],
    ['another version', { ...noteOf(), version: 2 }],
    ['of another prior', { ...noteOf(), prior: 'blend-2' }],
    ['no belief', { ...noteOf(), belief: undefined }],
    ['of other features', { ...noteOf(), belief: { mean: new Float64Array(2), precision: new Float64Array(4) } }],
    ['not finite', { ...noteOf(), belief: { mean: Float64Array.of(0, Number.NaN, 0), precision: noteOf().belief.precision } }],
    ['no list', { ...noteOf(), shown: 3 }],
  ])('%s: begins anew', (_what, kept) => {
    expect(readNote(kept, 'blend-1', DIM)).toBeUndefined()
  })

  test('a shelf that does not fit is left out', () => {
    expect(
      readNote({ ...noteOf(), shown: [{ ...SHELF, rows: new Float32Array(2) }, null, { slot: 'home' }, SHELF] }, 'blend-1', DIM)?.shown,
    ).toEqual([SHELF])
  })
})
