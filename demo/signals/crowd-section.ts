import { cryptoBytes, RandomIntegers } from 'sotto/signals'
import { h } from '../dom/element'
import { collectorTally } from './collector-tally'
import { crowdControls } from './crowd-controls'
import { expectationWords, outcomeWords, runWords, whereWords } from './crowd-words'
import { expectedOutcome } from './expectation'
import type { LocalCollector, TaggedPlan } from './local-collector'
import { coverageSentence, type MetricOutcome } from './outcome'
import { outcomeFigure } from './outcome-figure'
import { rest } from './rest'
import type { SharesFile } from './shares-file'
import { simulate } from './simulate'
import { epsilonOf, type SimulatedMetric, simulatedMetrics } from './simulated-metric'
import { pageTally } from './tally'

/** Where the slider of visitors stands at first: 10,000. */
const FIRST_STEP = 20
const KEPT_RUNS = 6

export type CrowdOptions = {
  readonly plan: TaggedPlan
  readonly shares: SharesFile
  readonly collector: LocalCollector | undefined
  /** Called when the slider of epsilon is moved. */
  readonly onEpsilon: (epsilon: number) => void
  /** Called when all reports of a run are at the collector and the week is still open, and again once it is closed. */
  readonly onStored: (moment: 'open' | 'closed') => Promise<void>
  /** Aborted when the page is left. */
  readonly signal: AbortSignal
}

/** Many simulated visitors: how exact their sum is to be expected, and how exact it comes out. */
export function crowdSection({ plan, shares, collector, onEpsilon, onStored, signal }: CrowdOptions): HTMLElement {
  const planned = simulatedMetrics(plan.plan, shares)
  const planEpsilon = epsilonOf(planned[0]!.metric)
  const figures = planned.map(({ from }) => outcomeFigure(from, signal))
  const where = h('p', { class: 'crowd__where' })
  const verdict = h('p', { class: 'crowd__verdict', role: 'status' })
  const legend = h('ul', { class: 'crowd__legend', 'aria-hidden': 'true' })
  const runs = h('ol', { class: 'crowd__runs' })
  const past = h('div', { class: 'crowd__past' }, h('h3', {}, 'Your runs'), runs)
  past.hidden = true
  let stop: AbortController | undefined

  const show = (outcomes: readonly MetricOutcome[], words: (at: number) => string) => {
    for (const [at, outcome] of outcomes.entries()) figures[at]?.show(outcome, words(at))
    legend.replaceChildren(...legendOf(outcomes.some(({ rows }) => rows.some(({ value }) => value !== undefined))))
  }
  const current = (): { readonly metrics: SimulatedMetric[]; readonly isPosted: boolean } => {
    const isPlanned = controls.epsilon() === planEpsilon
    return {
      metrics: isPlanned ? planned : simulatedMetrics(plan.plan, shares, controls.epsilon()),
      isPosted: isPlanned && collector !== undefined,
    }
  }
  const expect = () => {
    const { metrics } = current()
    const visitors = controls.visitors()
    where.textContent = whereWords(collector !== undefined, controls.epsilon(), planEpsilon)
    verdict.textContent = ''
    show(
      metrics.map((metric) => expectedOutcome(metric, visitors)),
      (at) => expectationWords(metrics[at]!, visitors),
    )
    onEpsilon(controls.epsilon())
  }
  const run = async (ending: AbortSignal) => {
    const { metrics, isPosted } = current()
    const random = new RandomIntegers(cryptoBytes)
    const tally =
      isPosted && collector
        ? collectorTally({
            collector,
            metrics,
            planTag: plan.tag,
            epoch: await collector.week(),
            random,
            beforeClosing: () => onStored('open'),
          })
        : pageTally(metrics)
    const outcomes = await simulate({
      metrics,
      visitors: controls.visitors(),
      tally,
      random,
      onProgress: controls.show,
      rest,
      signal: ending,
    })
    if (isPosted) await onStored('closed')
    const visitors = outcomes[0]?.reports ?? 0
    show(outcomes, (at) => outcomeWords(metrics[at]!, outcomes[at]!))
    verdict.textContent = coverageSentence(outcomes)
    runs.prepend(h('li', {}, runWords({ visitors, epsilon: controls.epsilon(), isPosted }, outcomes)))
    runs.children[KEPT_RUNS]?.remove()
    past.hidden = false
  }
  const start = async () => {
    stop = new AbortController()
    verdict.textContent = ''
    controls.show(0)
    try {
      await run(stop.signal)
    } catch (thrown) {
      expect()
      verdict.textContent = `The run broke off: ${thrown instanceof Error ? thrown.message : String(thrown)}`
    } finally {
      stop = undefined
      controls.show(undefined)
    }
  }
  signal.addEventListener('abort', () => stop?.abort())
  const controls = crowdControls(FIRST_STEP, planEpsilon, {
    onInput: expect,
    onPress: () => {
      if (stop) stop.abort()
      else void start()
    },
  })
  expect()
  return h(
    'section',
    { class: 'quality crowd', 'aria-labelledby': 'crowd-heading' },
    h(
      'header',
      { class: 'quality__head' },
      h('h2', { id: 'crowd-heading' }, 'What a crowd tells'),
      h(
        'p',
        {},
        'Simulated visitors stand in for a week of a shop: for each something is true, and each reports by chance. The bars are the truth, which no server ever sees; the lines are what a shop would know.',
      ),
    ),
    controls.element,
    where,
    verdict,
    legend,
    h('div', { class: 'crowd__figures' }, ...figures.map(({ element }) => element)),
    past,
  )
}

function legendOf(isDrawn: boolean): HTMLElement[] {
  const entry = (kind: string, words: string) => h('li', {}, h('span', { class: `crowd__key crowd__key--${kind}` }), words)
  return [
    entry('truth', 'the truth'),
    ...(isDrawn
      ? [
          entry('estimate', 'what is estimated, with its 95 % interval'),
          entry('miss', 'an interval that misses the truth: one of 20 should'),
        ]
      : [entry('interval', 'where 95 of 100 estimates would fall')]),
  ]
}
