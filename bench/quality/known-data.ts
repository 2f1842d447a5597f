import type { Protocol } from '../../pack/evaluate/evaluation-task'
import { DEFAULT_SUPPORT } from '../../pack/make/support'

/** A row of a table that others have published, or a figure that a simple method reached on the same files. */
export type PublishedRow = {
  readonly model: string
  /** In the order of the protocol's headline figures; as printed. */
  readonly figures: readonly string[]
  readonly source: string
}

/** What one of our models must reach: a headline figure, by its place, of at least so much. */
export type QualityDemand = { readonly model: string; readonly figure: number; readonly atLeast: number; readonly why: string }

/** A data set that the bench knows: where it lies under the data folder, how it is asked, what others reached. */
export type KnownData = {
  readonly title: string
  readonly folder: string
  readonly protocol: Protocol
  /** Fewest visitors that anything is learned from: all models are measured with the first, the blend with the others too. */
  readonly supports: readonly number[]
  /** Whether a pack is made of it, and weighed. */
  readonly isPacked: boolean
  /** What is learned from and chosen on what, in a sentence or two. */
  readonly learned: string
  readonly published: readonly PublishedRow[]
  readonly demands: readonly QualityDemand[]
}

const S3REC = 'Zhou et al., S3-Rec, CIKM 2020'
const SIMPLE = 'a simple method on these files, ties at mid-rank'
const BUDGET = 'the budget of the default blend'
const WITHIN = 'its own published row less 10 %'

/** The lowest that packs are made with, and what they are made with if nothing else is said. */
const LEAST_SUPPORT = 3
const BOTH_SUPPORTS = [LEAST_SUPPORT, DEFAULT_SUPPORT]

/** In the order of the README. */
export const KNOWN_DATA: readonly KnownData[] = [
  {
    title: 'Amazon Beauty, leave-one-out',
    folder: 'amazon-beauty',
    protocol: 'leave-one-out',
    supports: BOTH_SUPPORTS,
    isPacked: true,
    learned:
      'Learned from all but the last two items of each customer. Settings of single models are chosen on the last but one; the blend chooses its models, their settings and weights on the last item of what is learned from, held out meanwhile, as a pack does. What a customer has is not recommended again.',
    published: [
      { model: 'popularity', figures: ['.0120', '.0056'], source: SIMPLE },
      { model: 'GRU4Rec', figures: ['.0283', '.0137'], source: S3REC },
      { model: 'Caser', figures: ['.0347', '.0176'], source: S3REC },
      { model: 'SASRec', figures: ['.0605', '.0318'], source: S3REC },
      { model: 'S3-Rec', figures: ['.0647', '.0327'], source: S3REC },
      { model: 'TIGER', figures: ['.0648', '.0384'], source: 'Rajput et al., NeurIPS 2023' },
      { model: 'ICLRec', figures: ['.0744', '.0403'], source: 'Chen et al., WWW 2022' },
      { model: 'item neighbours, recency', figures: ['.0724', '.0425'], source: SIMPLE },
      { model: 'TF-IDF of title and attributes', figures: ['.0778', '.0463'], source: SIMPLE },
      { model: 'EASE, recency', figures: ['.0791', '.0462'], source: SIMPLE },
      { model: 'neighbours, transitions, content', figures: ['.0954', '.0596'], source: SIMPLE },
      { model: 'BSARec', figures: ['.1008', '.0611'], source: 'Shin et al., AAAI 2024' },
    ],
    demands: [
      { model: 'blend', figure: 0, atLeast: 0.105, why: BUDGET },
      { model: 'blend', figure: 1, atLeast: 0.063, why: BUDGET },
      { model: 'gru', figure: 0, atLeast: 0.9 * 0.0283, why: WITHIN },
      { model: 'gru', figure: 1, atLeast: 0.9 * 0.0137, why: WITHIN },
      { model: 'caser', figure: 0, atLeast: 0.9 * 0.0347, why: WITHIN },
      { model: 'caser', figure: 1, atLeast: 0.9 * 0.0176, why: WITHIN },
      { model: 'sasrec', figure: 0, atLeast: 0.9 * 0.0605, why: WITHIN },
      { model: 'sasrec', figure: 1, atLeast: 0.9 * 0.0318, why: WITHIN },
    ],
  },
  {
    title: 'Diginetica, sessions',
    folder: 'diginetica',
    protocol: 'sessions',
    supports: [LEAST_SUPPORT],
    isPacked: false,
    learned:
      'Settings, models and weights are chosen on the last twentieth of the training sessions by models that have not seen it; what is then asked about the test is learned from all training sessions. What a visit holds may be recommended again, which shelves of this engine do not do.',
    published: [
      { model: 'SR-GNN', figures: ['.507', '.176'], source: 'Wu et al., AAAI 2019' },
      { model: 'V-SKNN', figures: ['.520', '.184'], source: 'Ludewig and Jannach, UMUAI 2018, on this split' },
      { model: 'SLIST', figures: ['.529', '.189'], source: 'Choi et al., WWW 2021' },
    ],
    demands: [
      { model: 'blend', figure: 0, atLeast: 0.53, why: BUDGET },
      { model: 'blend', figure: 1, atLeast: 0.19, why: BUDGET },
    ],
  },
  {
    title: 'Online Retail 2010-11, next basket, items new to the customer',
    folder: 'online-retail',
    protocol: 'next-basket',
    supports: [LEAST_SUPPORT],
    isPacked: false,
    learned:
      'Time is cut into slices of one to four weeks, each asked of what is learned from the invoices before it. The blend chooses models, settings and weights anew whenever the log has grown by a quarter, on the last weeks of that log, held out meanwhile; nothing later speaks for an answer. The settings of single models likewise.',
    published: [
      { model: 'popularity', figures: ['.039'], source: SIMPLE },
      { model: 'TF-IDF', figures: ['.066'], source: SIMPLE },
      { model: 'item neighbours', figures: ['.074'], source: SIMPLE },
      { model: 'EASE', figures: ['.092'], source: SIMPLE },
      { model: 'recency-weighted blend', figures: ['.109'], source: SIMPLE },
    ],
    demands: [{ model: 'blend', figure: 0, atLeast: 0.112, why: BUDGET }],
  },
]
