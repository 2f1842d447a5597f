import type { Learner } from './learner'
import { frequentSets, wholeSessions } from './told-sessions'

const DAY_MS = 86_400_000
const MAX_UINT16 = 65_535

const VSKNN = { neighbours: 500, decay: 0, reach: 0, lengthPower: 0, ageDays: 0, largest: 3 }
const STAN = { ...VSKNN, decay: 2, reach: 4, lengthPower: 0.5, ageDays: 30 }

/**
 * Keeps what may be told of sessions, for V-SKNN and STAN. With a support of 1 (measurements) these are the sessions themselves; else sets of up to `largest`
 * items that enough visitors had in one session (`frequentSets`), since most sessions are one visitor's alone. That has a price: a pair that fewer visitors had
 * is not known any more.
 */
export const sessionNeighbours: Learner = {
  model: 'session-neighbours',
  canLearn: ({ log }) => log.items.length > log.starts.length - 1,
  choices: [STAN, { ...STAN, decay: 1, reach: 2 }, { ...STAN, decay: 4, reach: 8 }, VSKNN],
  learn({ log, support }, chosen) {
    const settings = { ...STAN, ...chosen }
    const { rows, counts, times } = support > 1 ? frequentSets(log, support, settings.largest) : wholeSessions(log)
    const total = rows.reduce((sum, row) => sum + row.length, 0)
    const items = log.itemCount > MAX_UINT16 + 1 ? new Uint32Array(total) : new Uint16Array(total)
    let at = 0
    for (const row of rows) {
      items.set(row, at)
      at += row.length
    }
    const days = times && Uint16Array.from(times, (time) => Math.max(0, Math.min(MAX_UINT16, Math.floor(time / DAY_MS))))
    return {
      model: 'session-neighbours',
      settings: { ...settings, itemCount: log.itemCount },
      tensors: {
        lengths: { shape: [rows.length], data: Uint8Array.from(rows, (row) => row.length) },
        items: { shape: [total], data: items },
        counts: { shape: [rows.length], data: Uint16Array.from(counts, (count) => Math.min(MAX_UINT16, count)) },
        ...(days && { days: { shape: [rows.length], data: days } }),
      },
    }
  },
}
