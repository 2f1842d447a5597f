import { h } from '../dom/element'
import { crowdSection } from './crowd-section'
import { fetchPlan, LocalCollector } from './local-collector'
import type { SharesFile } from './shares-file'
import { simulatedMetrics } from './simulated-metric'
import { singleReport } from './single-report'
import { storedSection } from './stored-section'

/**
 * Everything of the page below its heading. Rejects when the plan or the shop's figures are not there.
 * @param collector the one for simulated visitors, if one runs. @param signal aborted when the page is left.
 */
export async function signalsSections(collector: URL | undefined, signal: AbortSignal): Promise<readonly HTMLElement[]> {
  // The collector was given this very file as its plan.
  const [plan, shares] = await Promise.all([fetchPlan(new URL('plan.json', document.baseURI)), fetchShares()])
  const local = collector && new LocalCollector(collector)
  const single = singleReport()
  const stored = storedSection(local)
  const crowd = crowdSection({
    plan,
    shares,
    collector: local,
    onEpsilon: (epsilon) => {
      // The one of most buckets: there a single report looks most telling.
      const [metric] = simulatedMetrics(plan.plan, shares, epsilon).toSorted((a, b) => b.buckets.length - a.buckets.length)
      if (metric) single.show(metric)
    },
    onStored: stored.snap,
    signal,
  })
  // Asked early, since it opens its database when it is first asked for something.
  void local?.isThere().then((isThere) => {
    if (isThere) return
    crowd.goOnAlone()
    stored.goOnAlone()
  })
  return [steps(), crowd.element, single.element, stored.element]
}

async function fetchShares(): Promise<SharesFile> {
  const url = new URL('shares.json', document.baseURI)
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}; run the catalogue's build step`)
  return (await response.json()) as SharesFile // written by this project's own build step
}

function steps(): HTMLElement {
  const words: readonly (readonly [string, string])[] = [
    [
      'What leaves',
      'At most one answer to a question a week, of 40 bytes: some buckets of a short list, drawn by chance, the true one among them somewhat more often than another. From everybody of the same size, at a random moment, without a name, number or cookie.',
    ],
    [
      'What it costs',
      'Each answer spends a little privacy, counted in epsilon: at most 2 a week and 8 a year, whatever the shop asks. When that is spent, the browser answers no more.',
    ],
    [
      'What the shop can learn',
      'How many of all who answered are in each bucket, since it is known how often chance alone names one. Give or take what the lines below show: the more answer, the shorter they are.',
    ],
    [
      'What it cannot',
      'Which bucket anyone is in: any answer may come from anybody. What you look at, search for and buy stays on the device.',
    ],
  ]
  return h(
    'dl',
    { class: 'quality-words quality-words--four' },
    ...words.map(([name, text]) => h('div', {}, h('dt', {}, name), h('dd', {}, text))),
  )
}
