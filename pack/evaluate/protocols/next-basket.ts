import { SottoError } from '../../../src/shared/errors'
import { type InteractionLog, sequenceCount } from '../../learn/interaction-log'
import type { EvaluationCase, EvaluationSlice, EvaluationTask } from '../evaluation-task'
import type { Dataset } from '../read/dataset'
import { withoutTails } from './without-tails'

const WEEK_MS = 7 * 86_400_000

/** A slice is a week long, or as many weeks as it takes to hold this share of all cases, up to four: quiet weeks are not worth learning each. */
const SLICE_SHARE = 0.02
const MOST_WEEKS = 4

type TimedCase = EvaluationCase & { readonly timeMs: number }

/**
 * Next basket, items new to the customer: of customers with two invoices or more, what the last one holds that they had never bought is the
 * test, the same of the one before it the validation (which needs an invoice before that); customers who bought nothing new are not asked
 * about. Nothing is learned from invoices at or after the target's time: time is cut into slices of one to four weeks, and the targets of a slice
 * are asked of models learned from the invoices of all customers before the slice begins, as of a shop that learns anew so often. The visit holds all of the customer's invoices before the target; its
 * session is the last of them; `now` is the target's time.
 * @throws SottoError `invalid-argument` for a log without times or baskets.
 */
export function nextBasket({ log, texts }: Pick<Dataset, 'log' | 'texts'>): EvaluationTask {
  return {
    protocol: 'next-basket',
    itemCount: log.itemCount,
    ...(texts && { texts }),
    excludesSeen: true,
    validation: slicesOf(log, basketCases(log, 2)),
    test: slicesOf(log, basketCases(log, 1)),
  }
}

function basketCases(log: InteractionLog, fromLast: number): TimedCase[] {
  const { starts, items, times, baskets } = log
  if (!times || !baskets) throw new SottoError('invalid-argument', 'next baskets need a log with times and baskets')
  const cases: TimedCase[] = []
  for (let sequence = 0; sequence < sequenceCount(log); sequence++) {
    const start = starts[sequence]!
    const end = starts[sequence + 1]!
    if (start === end) continue
    const basket = baskets[end - 1]! + 1 - fromLast
    const from = firstOf(baskets, basket, start, end)
    const to = firstOf(baskets, basket + 1, start, end)
    // Of several invoices at one moment none is before the others.
    const seenEnd = firstOf(times, times[from] ?? 0, start, from)
    if (from === end || seenEnd === start) continue
    const seen = new Set(items.subarray(start, seenEnd))
    const targets = Int32Array.from(new Set(items.subarray(from, to))).filter((item) => !seen.has(item))
    if (targets.length === 0) continue
    const timeMs = times[from]!
    const lastBasket = firstOf(baskets, baskets[seenEnd - 1]!, start, seenEnd)
    cases.push({
      timeMs,
      visit: { items: items.slice(start, seenEnd), times: times.slice(start, seenEnd), sessionStart: lastBasket - start, now: timeMs },
      targets,
    })
  }
  return cases
}

/** The first place from `start` to below `end` whose value is at least `value`, in values that rise; `end` where there is none. */
function firstOf(values: Int32Array | Float64Array, value: number, start: number, end: number): number {
  let place = start
  while (place < end && values[place]! < value) place++
  return place
}

function slicesOf(log: InteractionLog, cases: readonly TimedCase[]): EvaluationSlice[] {
  const inOrder = [...cases].sort((a, b) => a.timeMs - b.timeMs)
  const firstMs = inOrder[0]?.timeMs ?? 0
  const weekOf = (at: number) => Math.floor((inOrder[at]!.timeMs - firstMs) / WEEK_MS)
  const slices: EvaluationSlice[] = []
  let from = 0
  for (let at = 1; at <= inOrder.length; at++) {
    if (at < inOrder.length) {
      const isFull = at - from >= inOrder.length * SLICE_SHARE || weekOf(at) - weekOf(from) >= MOST_WEEKS
      if (weekOf(at) === weekOf(at - 1) || !isFull) continue
    }
    slices.push(slice(log, firstMs + weekOf(from) * WEEK_MS, inOrder.slice(from, at)))
    from = at
  }
  return slices
}

function slice(log: InteractionLog, beginMs: number, cases: readonly EvaluationCase[]): EvaluationSlice {
  return {
    cases,
    // Made when asked for: many logs at once are more than memory may hold.
    get log() {
      return before(log, beginMs)
    },
  }
}

function before(log: InteractionLog, endMs: number): InteractionLog {
  const times = log.times!
  return withoutTails(log, (length, sequence) => {
    const start = log.starts[sequence]!
    return length - (firstOf(times, endMs, start, start + length) - start)
  })
}
