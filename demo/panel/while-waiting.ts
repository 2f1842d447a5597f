import type { LedgerEntry } from 'sotto'

/** Nobody says when a report has left: while one waits, the ledger is read again so often. */
export const WAITING_MS = 1_500

/** @returns to be told of each ledger that is shown: has `redraw` called a while later where one of its reports still waits, once however often it is told. */
export function whileWaiting(redraw: () => void): (entries: readonly Pick<LedgerEntry, 'state'>[]) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (entries) => {
    clearTimeout(timer)
    if (entries.some(({ state }) => state === 'waiting')) timer = setTimeout(redraw, WAITING_MS)
  }
}
