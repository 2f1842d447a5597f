import type { InteractionLog } from '../../learn/interaction-log'
import type { EvaluationCase } from '../evaluation-task'
import { areaUnderCurve } from './area-under-curve'
import { itemShares } from './item-shares'
import { type Estimate, Mean } from './mean'
import { METRICS, type Metric, qualityAt } from './quality-at'
import { LEFT_OUT, rankTargets } from './rank-targets'
import { topItems } from './top-items'

/** What the answers of one model are worth. */
export type Quality = {
  readonly cases: number
  /** By cutoff, by metric. */
  readonly at: Readonly<Record<number, Readonly<Record<Metric, Estimate>>>>
  /** Of the ranking of all items; 0.5 for chance. */
  readonly auc: Estimate
  /** Share of all items that are in at least one list of the longest cutoff. */
  readonly coverage: number
  /** Mean self-information of listed items in bits: -log2 of the share of visitors who had it. The higher, the less known are they. */
  readonly novelty: Estimate
  /** How much more popular listed items are than those that the visitors had before: 0 as popular, 1 twice as popular. */
  readonly popularityBias: number
}

type TallyOptions = { readonly itemCount: number; readonly cutoffs: readonly number[]; readonly excludesSeen: boolean }

/**
 * Sums up answers. Self-information: Zhou et al. (PNAS 2010); items that nobody had count as had by less than one visitor, so that they are
 * finite. Popularity bias: the change of group average popularity of Abdollahpouri et al. (RMSE at RecSys 2019), all visitors as one group.
 */
export class QualityTally {
  readonly #options: TallyOptions
  readonly #at: readonly { readonly cutoff: number; readonly means: Record<Metric, Mean> }[]
  readonly #auc = new Mean()
  readonly #novelty = new Mean()
  readonly #listedShare = new Mean()
  readonly #hadShare = new Mean()
  readonly #isListed: Uint8Array
  #shares: Float64Array = new Float64Array(0)
  #leastShare = 1
  #cases = 0

  constructor(options: TallyOptions) {
    this.#options = options
    this.#isListed = new Uint8Array(options.itemCount)
    this.#at = options.cutoffs.map((cutoff) => ({
      cutoff,
      means: { hr: new Mean(), ndcg: new Mean(), mrr: new Mean(), precision: new Mean(), recall: new Mean(), f1: new Mean() },
    }))
  }

  /** From now on popularity is told by this log. */
  learnedFrom(log: InteractionLog): void {
    this.#shares = itemShares(log)
    this.#leastShare = 1 / (log.starts.length + 1)
  }

  /** @param scores [itemCount] the answer; items that are not to be ranked are set to `LEFT_OUT` in it. */
  add(scores: Float32Array, { visit, targets }: EvaluationCase): void {
    if (this.#options.excludesSeen) for (const item of visit.items) scores[item] = LEFT_OUT
    const ranks = rankTargets(scores, targets)
    for (const { cutoff, means } of this.#at) {
      const quality = qualityAt(cutoff, ranks)
      for (const metric of METRICS) means[metric].add(quality[metric])
    }
    this.#auc.add(areaUnderCurve(scores, targets))
    const listed = topItems(scores, Math.max(...this.#options.cutoffs))
    for (const item of listed) this.#isListed[item] = 1
    this.#novelty.add(meanOf(listed, (item) => -Math.log2(Math.max(this.#shares[item]!, this.#leastShare))))
    this.#listedShare.add(meanOf(listed, (item) => this.#shares[item]!))
    this.#hadShare.add(meanOf(visit.items, (item) => this.#shares[item]!))
    this.#cases++
  }

  /** Means over all cases so far; NaN for those of which there is nothing. */
  quality(): Quality {
    return {
      cases: this.#cases,
      at: Object.fromEntries(
        this.#at.map(({ cutoff, means }) => [
          cutoff,
          {
            hr: means.hr.estimate(),
            ndcg: means.ndcg.estimate(),
            mrr: means.mrr.estimate(),
            precision: means.precision.estimate(),
            recall: means.recall.estimate(),
            f1: means.f1.estimate(),
          },
        ]),
      ),
      auc: this.#auc.estimate(),
      coverage: this.#isListed.reduce((sum, each) => sum + each, 0) / this.#options.itemCount,
      novelty: this.#novelty.estimate(),
      popularityBias: this.#listedShare.estimate().mean / this.#hadShare.estimate().mean - 1,
    }
  }
}

/** NaN of no items. */
function meanOf(items: Int32Array, value: (item: number) => number): number {
  let sum = 0
  for (const item of items) sum += value(item)
  return sum / items.length
}
