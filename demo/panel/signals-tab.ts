import type { SignalLedger, SignalPreview, SignalState, Sotto } from 'sotto'
import { epochOf } from 'sotto/signals'
import { h } from '../dom/element'
import { hrefOf } from '../shop/route'
import { budgetLines } from './budget-lines'
import { budgetMeter } from './budget-meter'
import { factList } from './fact-list'
import { ledgerList } from './ledger-list'
import type { PanelTab } from './panel-tab'
import { previewList } from './preview-list'
import { whileWaiting } from './while-waiting'

/** Why something may leave, or may not. `pending`: the shop's question is not answered, so that no engine runs which could be asked. */
const STATES: Readonly<Record<SignalState | 'pending', string>> = {
  off: 'This copy of the shop has no collector: nothing is asked, and nothing leaves. “npm start” runs one beside the shop.',
  pending: 'You have not answered the shop’s question: nothing is asked, and nothing leaves.',
  consent: 'You have not allowed this shop to remember for good: nothing is asked, and nothing leaves.',
  'opted-out': 'Your browser asks not to be asked (Global Privacy Control): nothing leaves.',
  on: 'Each is drawn by chance before it leaves, so that none can be held against you, and leaves at a random moment. So that you see one, every browser answers within the first minute here; elsewhere nine of ten answer in a later week only.',
  failed: 'The plan of what is asked could not be had, or is not valid: nothing leaves.',
}

/**
 * What left this device, what it cost, and what would be said next.
 *
 * @param sotto whose `ledger` and `previewSignals` are asked. @param redraw has the tab drawn again while it is shown.
 */
export function signalsTab(sotto: Pick<Sotto, 'consent' | 'ledger' | 'previewSignals'>, redraw: () => void): PanelTab {
  const number = h('strong', { class: 'verdict__number', 'data-count': 'sent' }, '…')
  const verdict = h('p', { class: 'verdict__text' }, 'reports left this device')
  const why = h('p', { class: 'panel__hint', 'data-signals': '' })
  const budget = h('div', {})
  const reports = h('div', {})
  const preview = h('div', {})
  const element = h(
    'section',
    { class: 'panel__tab' },
    h('div', { class: 'verdict' }, number, verdict),
    why,
    h(
      'p',
      { class: 'panel__hint' },
      h('a', { href: hrefOf({ kind: 'signals' }) }, 'What the shop learns from many of them, and not from one'),
    ),
    reports,
    budget,
    preview,
  )
  const watch = whileWaiting(redraw)
  // What did not change stays, so that what was opened stays open, and an example is not drawn anew at every deed.
  const drawLedger = whenChanged((ledger: SignalLedger) => {
    budget.replaceChildren(...budgetParts(ledger))
    reports.replaceChildren(...reportParts(ledger))
  })
  const drawPreview = whenChanged(
    (shown: SignalPreview) => preview.replaceChildren(...previewParts(shown, () => void another())),
    ({ state, metrics }) => [state, metrics.map(({ metric, truth }) => [metric, truth])],
  )
  const another = async () => {
    const shown = await sotto.previewSignals()
    preview.replaceChildren(...previewParts(shown, () => void another()))
  }
  const draw = async () => {
    const ledger = sotto.consent === 'pending' ? undefined : await sotto.ledger()
    const sent = ledger?.entries.filter(({ state }) => state === 'sent' || state === 'refused').length ?? 0
    number.textContent = String(sent)
    verdict.textContent = `${sent === 1 ? 'report' : 'reports'} left this device`
    why.textContent = [STATES[ledger?.state ?? 'pending'], ledger?.problem?.message].filter(Boolean).join(' ')
    why.dataset.signals = ledger?.state ?? 'pending'
    for (const part of [budget, reports, preview]) part.hidden = ledger === undefined || ledger.state === 'off'
    if (!ledger || ledger.state === 'off') return
    drawLedger(ledger)
    drawPreview(await sotto.previewSignals())
    watch(ledger.entries)
  }
  return { id: 'signals', label: 'Signals', element, draw: oneAtATime(draw) }
}

function budgetParts({ budget, plan }: SignalLedger): HTMLElement[] {
  return [
    h('h3', {}, 'What it cost: the privacy budget'),
    budgetMeter(budgetLines(budget, epochOf(Date.now()))),
    h(
      'p',
      { class: 'panel__hint' },
      'In epsilon: the most that all answers together may give away. When it is spent no more are given, whatever the shop asks. “Forget everything” leaves this one record, or forgetting would be a way to be asked again.',
    ),
    ...(plan
      ? [
          factList([
            ['What for', plan.purpose],
            ['Plan', h('code', { class: 'bytes' }, new URL(plan.url).pathname)],
            ['Its hash', h('code', { class: 'bytes' }, plan.hash)],
          ]),
        ]
      : []),
  ]
}

function reportParts({ entries }: SignalLedger): HTMLElement[] {
  const list = entries.length === 0 ? h('p', { class: 'panel__empty' }, 'None so far.') : ledgerList(entries)
  return [h('h3', {}, 'What left: every report'), list]
}

function previewParts({ state, metrics }: SignalPreview, drawAnother: () => void): HTMLElement[] {
  if (state !== 'on') return []
  const title = h('h3', {}, 'What would be said, if this week ended now')
  if (metrics.length === 0)
    return [title, h('p', { class: 'panel__empty' }, 'Nothing is noted of this page since all was forgotten. Reload it to begin anew.')]
  return [
    title,
    h(
      'p',
      { class: 'panel__hint' },
      'Examples, drawn for you to look at; they are never sent. In the shop’s week there is one draw, and no other.',
    ),
    previewList(metrics),
    h('button', { type: 'button', class: 'button button--quiet preview__again', onclick: drawAnother }, 'Draw other examples'),
  ]
}

/** Has `work` done again after it is done, however often that was asked for meanwhile: the plan may be long in coming, and be asked for each time. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined
  let isAskedFor = false
  const turns = async () => {
    do {
      isAskedFor = false
      await work()
    } while (isAskedFor)
  }
  return () => {
    isAskedFor = true
    underWay ??= turns().finally(() => {
      underWay = undefined
    })
    return underWay
  }
}

/** Calls `show` only for what differs from what it showed last. @param keyOf what counts as a difference; default: all of it. */
function whenChanged<T>(show: (value: T) => void, keyOf: (value: T) => unknown = (value) => value): (value: T) => void {
  let last: string | undefined
  return (value) => {
    const key = JSON.stringify(keyOf(value))
    if (key === last) return
    last = key
    show(value)
  }
}
