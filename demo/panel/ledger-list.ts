import type { LedgerEntry } from 'sotto'
import { h } from '../dom/element'
import { epsilon } from './budget-meter'
import { reportFields } from './report-fields'

const STATES: Readonly<Record<LedgerEntry['state'], string>> = {
  waiting: 'waits for its moment, in this visit or a later one',
  sent: 'left this device',
  expired: 'expired: it will never leave',
  refused: 'left, and was refused by the collector',
}

/** Every report, the latest first: what it says in words, and its very bytes on demand. */
export function ledgerList(entries: readonly LedgerEntry[]): HTMLElement {
  return h('ol', { class: 'ledger' }, ...entries.map(line))
}

function line({ title, state, words, charged, bytes, refusedFor, settledAt }: LedgerEntry): HTMLElement {
  const why = refusedFor === undefined ? '' : ` (${refusedFor})`
  const when = settledAt === undefined ? '' : ` ${new Date(settledAt).toLocaleString()}`
  return h(
    'li',
    { class: 'ledger__entry', 'data-state': state },
    h('strong', {}, title),
    h('span', { class: 'ledger__state' }, `${STATES[state]}${why}${when} · cost epsilon ${epsilon(charged)}`),
    h('p', {}, words.replace(`${title}. `, '')),
    bytes === ''
      ? undefined
      : h(
          'details',
          { class: 'outside' },
          h('summary', {}, `All of its ${bytes.length / 2} bytes`),
          h(
            'dl',
            { class: 'ledger__bytes' },
            ...reportFields(bytes).map(({ name, hex }) => h('div', {}, h('dt', {}, name), h('dd', { class: 'bytes' }, hex))),
          ),
        ),
  )
}
