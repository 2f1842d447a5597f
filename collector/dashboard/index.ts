import type { EstimatesDocument } from '../../src/shared/signals/estimates'
import { h } from './dom/element'
import { loadEstimates } from './load-estimates'
import { emptyState, failedState, simulatedNotice } from './parts/states'
import { weekChoice } from './parts/week-choice'
import { weekPage } from './parts/week-page'

const place = document.querySelector('main')!
const week = document.querySelector('#week-place')!
/** Set by a demonstration that serves this page beside a collector of its own, whose clock is not the world's. */
const isSimulated = document.documentElement.hasAttribute('data-simulated')
const clock = () => (isSimulated ? undefined : Date.now())

async function start(): Promise<void> {
  place.replaceChildren(h('p', { class: 'loading' }, 'Fetching the estimates …'))
  try {
    const estimates = await loadEstimates(new URL('v1/estimates', document.baseURI), fetch)
    const latest = estimates.epochs.toSorted((a, b) => b.epoch - a.epoch)[0]
    if (latest) show(estimates, latest.epoch)
    else place.replaceChildren(emptyState(clock()))
  } catch (error) {
    place.replaceChildren(failedState(error instanceof Error ? error.message : String(error), () => void start()))
  }
}

function show(estimates: EstimatesDocument, epoch: number): void {
  const epochs = estimates.epochs.toSorted((a, b) => b.epoch - a.epoch)
  const shown = epochs.find((one) => one.epoch === epoch)!
  week.replaceChildren(weekChoice(epochs, epoch, (chosen) => choose(estimates, chosen)))
  place.replaceChildren(...weekPage(estimates, shown, clock()))
}

function choose(estimates: EstimatesDocument, epoch: number): void {
  show(estimates, epoch)
  // The choice itself was drawn anew.
  document.querySelector<HTMLElement>('#week')?.focus()
}

// On paper nothing can be unfolded.
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true
})

if (isSimulated) place.before(simulatedNotice())
void start()
