import type { MadePack } from '../make/make-pack'
import { count, many } from './words'

/** What became of estimates, as plain data; nothing where there were none. */
export function estimateFacts(source: string, { heard, learned }: Pick<MadePack, 'heard' | 'learned'>) {
  if (!heard) return {}
  const { demand, notTaken, ranker } = heard
  return {
    estimates: {
      source,
      taken: demand.taken,
      notTaken,
      ...(ranker && {
        ranker: {
          title: ranker.title,
          reports: ranker.reports,
          epochs: ranker.epochs,
          moves: Object.fromEntries(ranker.moves),
          isTaken: (learned.revision?.step ?? 0) > 0,
          ...learned.revision,
        },
      }),
    },
  }
}

/** The same for people, a line each: what was taken, from how many reports, and what was not and why. */
export function estimateLines(
  source: string,
  { heard, learned }: Pick<MadePack, 'heard' | 'learned'>,
  hasOrders: boolean,
): readonly string[] {
  if (!heard) return []
  const { demand, notTaken, ranker } = heard
  return [
    `${source}:${demand.taken.length + notTaken.length > 0 || ranker ? '' : ' nothing that a pack learns from'}`,
    ...demand.taken.map(
      ({ title, names, reports, epochs }) =>
        `  order of popularity corrected by ${title}: ${count(names)} of the list, ${restsOn(reports, epochs)}`,
    ),
    ...notTaken.map(({ title, why }) => `  not taken: ${title}: ${why}`),
    ...(ranker ? [`  ${ranker.title}, ${restsOn(ranker.reports, ranker.epochs)}: ${priorWords(learned.revision, hasOrders)}`] : []),
  ]
}

function restsOn(reports: number, epochs: number): string {
  return `${many(reports, 'report')} of ${many(epochs, 'epoch')}`
}

function priorWords(revision: MadePack['learned']['revision'], hasOrders: boolean): string {
  if (!revision) {
    const why = hasOrders
      ? 'the orders hold too few choices to check another by, or there is no blend with features of these names'
      : 'without orders there is nothing to check another by'
    return `the ranker's prior stays: ${why}`
  }
  const { step, tried, before, gain, error, visitors } = revision
  if (tried === 0) return "the ranker's prior stays: however far it moves, held-out choices are not ranked better"
  const found = `${tried} times their mean, NDCG@10 of ${many(visitors, 'visitor')} kept apart ${before.toFixed(4)} to ${(before + gain).toFixed(4)} (two standard errors: ${(2 * error).toFixed(4)})`
  return step > 0 ? `the ranker's prior moves: ${found}` : `the ranker's prior stays, no improvement beyond noise: ${found}`
}
