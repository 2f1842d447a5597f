import type { NextPublication } from '../estimates/nothing-published'
import { LEARNED_KINDS } from '../estimates/published-signals'
import type { Revision } from '../learn/revise-prior'
import type { MadePack } from '../make/make-pack'
import { count, many } from './words'

type Told = Pick<MadePack, 'heard' | 'learned'>

/** What estimates correct: of a pack that stands already, the order of its items stays. */
type Corrected = 'order of popularity' | 'popularity'

/** What became of estimates, as plain data; nothing where there were none. */
export function estimateFacts(source: string, { heard, learned }: Told) {
  if (!heard) return {}
  const { demand, notTaken, ranker, awaited } = heard
  const { revision } = learned
  const { tried, before, gain, error, visitors } = revision ?? {}
  return {
    estimates: {
      source,
      taken: demand.taken,
      notTaken,
      ...(awaited && { awaited }),
      ...(ranker && {
        ranker: { title: ranker.title, reports: ranker.reports, epochs: ranker.epochs, moves: Object.fromEntries(ranker.moves) },
      }),
      ...(revision && { prior: { isTaken: revision.isTaken, tried, before, gain, error, visitors } }),
    },
  }
}

/** The same for people, a line each: what was taken, from how many reports, and what was not and why. */
export function estimateLines(
  source: string,
  { heard, learned }: Told,
  hasOrders: boolean,
  corrected: Corrected = 'order of popularity',
): readonly string[] {
  if (!heard) return []
  const { demand, notTaken, ranker, awaited } = heard
  const isHeard = demand.taken.length + notTaken.length > 0 || ranker
  const begins = awaited
    ? awaitedLines(source, awaited)
    : [`${source}:${isHeard ? '' : ` nothing that a pack learns from, which is metrics that count ${LEARNED_KINDS.join(', ')}`}`]
  return [
    ...begins,
    ...demand.taken.map(
      ({ title, names, reports, epochs }) =>
        `  ${corrected} corrected by ${title}: ${count(names)} of the list, ${restsOn(reports, epochs)}`,
    ),
    ...notTaken.map(({ title, why }) => `  not taken: ${title}: ${why}`),
    ...(ranker ? [`  ${ranker.title}, ${restsOn(ranker.reports, ranker.epochs)}, would move its prior`] : []),
    ...(ranker || learned.revision ? [`  the ranker's prior ${priorWords(learned.revision, hasOrders)}`] : []),
  ]
}

function awaitedLines(source: string, { next, thisWeek }: NextPublication): readonly string[] {
  return [
    `${source}: nothing is published yet, so nothing was learned from it`,
    `  a week is published once, when the week after it is over, since browsers report on a later visit: next on ${dayOf(next)};`,
    `  what visitors do this week, on ${dayOf(thisWeek)}`,
  ]
}

/** `Monday, 30 November 2026, 01:00 UTC`. */
function dayOf(iso: string): string {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(iso))
  return `${day.replace(/^(\w+) /, '$1, ')}, ${iso.slice(11, 16)} UTC`
}

function restsOn(reports: number, epochs: number): string {
  return `${many(reports, 'report')} of ${many(epochs, 'epoch')}`
}

function priorWords(revision: Revision | undefined, hasOrders: boolean): string {
  if (!revision) {
    const why = hasOrders
      ? 'the orders hold too few choices to check another by, or there is no blend with features of these names'
      : 'without orders there is nothing to check another by'
    return `stays: ${why}`
  }
  const { isTaken, tried, before, gain, error, visitors } = revision
  if (tried === undefined) return 'is what the orders say: however far it moves, held-out choices are not ranked better'
  const how = tried === 0 ? 'as the pack before had it' : `by ${tried} times the mean`
  const found = `${how}, NDCG@10 of ${many(visitors, 'visitor')} kept apart ${before.toFixed(4)} to ${(before + gain).toFixed(4)} (two standard errors: ${(2 * error).toFixed(4)})`
  return isTaken ? `moves: ${found}` : `is what the orders say, no improvement beyond noise: ${found}`
}
