import { killCollector } from '../../test/support/kill-collector'
import { type Report, report } from '../support/report'

export type KillSizes = { readonly kills?: number; readonly onProgress?: (doing: string) => void }

/** Kills a collector under load again and again: nothing that it acknowledged may be lost, and nothing be counted twice. The tests do this with a few kills. */
export async function collectorKill({ kills = 50, onProgress = () => {} }: KillSizes = {}): Promise<Report> {
  const found = await killCollector(kills, (done) => onProgress(`kill ${done} of ${kills}`))
  const figure = (name: string, value: number) => ({ name, unit: '', q1: value, median: value, q3: value })
  return report({
    name: 'collector-kill',
    sizes: { kills },
    rounds: 1,
    browser: 'not used',
    figures: [
      figure('reports sent', found.reports),
      figure('acknowledged before a kill', found.acknowledged),
      figure('kills while it was starting', found.whileStarting),
      figure('acknowledged and lost', found.lost),
      figure('totals off by', found.off),
    ],
    demands: [],
    faults: [
      ...(found.lost > 0 ? [`${found.lost} acknowledged reports were lost`] : []),
      ...(found.off > 0 ? [`totals are off by ${found.off}`] : []),
      ...(found.acknowledged === 0 ? ['nothing was acknowledged before any kill: nothing was tried'] : []),
    ],
  })
}
