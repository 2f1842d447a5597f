import { SottoError } from '../../src/shared/errors'
import { cutLog } from './cut-log'
import type { HeldOutCase, HoldOut } from './hold-out'
import type { InteractionLog } from './interaction-log'
import { logSteps } from './log-steps'

const DAY_MS = 86_400_000
/** A shop learns anew about so often: what is asked is then as fresh as in use. */
const SPAN_DAYS = 7
const MOST_SPANS = 4
/** Of the log's time no more than this is held out in all, so that what is learned from the rest is like what will be learned from all. */
const MOST_SHARE = 0.2

type SpanOptions = {
  /** Whether only items that are new to the visitor are asked for. */
  readonly excludesSeen: boolean
}

/**
 * Holds out the last spans of a log's time, up to four of a week each: what visitors with a past did next in a span is asked of models learned
 * from all that was before the span. What changes with time (what is taken lately) is so judged as it will be used, which it is not by the last
 * step of each visitor, whenever that was.
 * @param log with times that differ.
 * @returns the latest span first; spans without a case are left out, so there may be none.
 * @throws SottoError `invalid-argument` for a log without times.
 */
export function holdOutSpans(log: InteractionLog, { excludesSeen }: SpanOptions): HoldOut[] {
  const { times } = log
  if (!times) throw new SottoError('invalid-argument', 'holding out spans of time needs a log with times')
  const latest = times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY)
  const earliest = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY)
  const spanMs = Math.min(SPAN_DAYS * DAY_MS, ((latest - earliest) * MOST_SHARE) / MOST_SPANS)
  const steps = logSteps(log)
  const spans: HoldOut[] = []
  for (let number = 1; number <= MOST_SPANS && spanMs > 0; number++) {
    const fromMs = latest - number * spanMs
    const cases = casesIn(log, times, steps, { fromMs, toMs: number > 1 ? fromMs + spanMs : Number.POSITIVE_INFINITY, excludesSeen })
    if (cases.length) spans.push({ log: cutLog(log, (at) => times[at]! < fromMs), cases })
  }
  return spans
}

type Span = SpanOptions & { readonly fromMs: number; readonly toMs: number }

/** Of each sequence the first step within the span, where something was before the span. */
function casesIn({ starts, items, weights, visitors }: InteractionLog, times: Float64Array, steps: Int32Array, span: Span): HeldOutCase[] {
  const cases: HeldOutCase[] = []
  for (let sequence = 0; sequence + 1 < starts.length; sequence++) {
    const start = starts[sequence]!
    const end = starts[sequence + 1]!
    let target = start
    while (target < end && times[target]! < span.fromMs) target++
    if (target === start || target === end || times[target]! >= span.toMs) continue
    let after = target
    while (after < end && steps[after] === steps[target]) after++
    const seen = new Set(span.excludesSeen ? items.subarray(start, target) : [])
    const targets = Int32Array.from(new Set(items.subarray(target, after))).filter((item) => !seen.has(item))
    if (!targets.length) continue
    let sessionStart = target - 1
    while (sessionStart > start && steps[sessionStart - 1] === steps[target - 1]) sessionStart--
    cases.push({
      visit: {
        items: items.slice(start, target),
        times: times.slice(start, target),
        sessionStart: sessionStart - start,
        now: times[target]!,
        ...(weights && { weights: weights.slice(start, target) }),
      },
      targets,
      visitor: visitors?.[sequence] ?? sequence,
    })
  }
  return cases
}
