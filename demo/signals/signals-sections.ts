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
      'On the device',
      'For each week the browser sorts its visitor into one bucket of a short list: say, the category that most attention went to.',
    ],
    [
      'What leaves',
      'Not that bucket, but a set of buckets drawn by chance, with the true one in it somewhat more often than another. A site’s visitor would send this on a later day, at a random moment: 40 bytes, the same number from everybody, with nothing that says from whom.',
    ],
    [
      'At the collector',
      'Only sums are kept. How often chance alone names a bucket is known, so the sum of many says how many it was true of: give or take what the lines below show.',
    ],
  ]
  return h('dl', { class: 'quality-words' }, ...words.map(([name, text]) => h('div', {}, h('dt', {}, name), h('dd', {}, text))))
}
