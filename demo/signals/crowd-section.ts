import { cryptoBytes, RandomIntegers } from 'sotto/signals'
import { h } from '../dom/element'
import { collectorTally } from './collector-tally'
import { crowdControls } from './crowd-controls'
import { crowdLegend } from './crowd-legend'
import { expectationWords, outcomeWords, runWords, whereWords } from './crowd-words'
import { expectedOutcome } from './expectation'
import type { LocalCollector, TaggedPlan } from './local-collector'
import { coverageSentence, type MetricOutcome } from './outcome'
import { outcomeFigure } from './outcome-figure'
import { rest } from './rest'
import type { SharesFile } from './shares-file'
import { simulate } from './simulate'
import { epsilonOf, type SimulatedMetric, simulatedMetrics } from './simulated-metric'
import { pageTally, type Tally } from './tally'

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

export type CrowdSection = {
  readonly element: HTMLElement
  /** Goes on without the collector: all is computed in the page from then on. */
  readonly goOnAlone: () => void
}

/** Many simulated visitors: how exact their sum is to be expected, and how exact it comes out. */
export function crowdSection({ plan, shares, collector: given, onEpsilon, onStored, signal }: CrowdOptions): CrowdSection {
  const planned = simulatedMetrics(plan.plan, shares)
  const planEpsilon = epsilonOf(planned[0]!.metric)
  const figures = planned.map(({ from }) => outcomeFigure(from, signal))
  const where = h('p', { class: 'crowd__where' })
  const verdict = h('p', { class: 'crowd__verdict', role: 'status' })
  const legend = crowdLegend()
  const runs = h('ol', { class: 'crowd__runs' })
  const past = h('div', { class: 'crowd__past' }, h('h3', {}, 'Your runs'), runs)
  past.hidden = true
  let collector = given
  let stop: AbortController | undefined

  const show = (outcomes: readonly MetricOutcome[], words: (at: number) => string) => {
    for (const [at, outcome] of outcomes.entries()) figures[at]?.show(outcome, words(at))
    legend.show(outcomes.some(({ rows }) => rows.some(({ value }) => value !== undefined)))
  }
  const metricsNow = () => (controls.epsilon() === planEpsilon ? planned : simulatedMetrics(plan.plan, shares, controls.epsilon()))
  const expect = () => {
    const metrics = metricsNow()
    const visitors = controls.visitors()
    where.textContent = whereWords(collector !== undefined, controls.epsilon(), planEpsilon)
    verdict.textContent = NOT_RUN
    show(
      metrics.map((metric) => expectedOutcome(metric, visitors)),
      (at) => expectationWords(metrics[at]!, visitors),
    )
    onEpsilon(controls.epsilon())
  }
  const tallyFor = async (metrics: readonly SimulatedMetric[], random: RandomIntegers): Promise<Tally & { readonly isPosted: boolean }> => {
    if (!collector || metrics !== planned) return { ...pageTally(metrics), isPosted: false }
    const epoch = await collector.week()
    const beforeClosing = () => onStored('open')
    return { ...collectorTally({ collector, metrics, planTag: plan.tag, epoch, random, beforeClosing }), isPosted: true }
  }
  const run = async (ending: AbortSignal) => {
    const metrics = metricsNow()
    const random = new RandomIntegers(cryptoBytes)
    const { isPosted, ...tally } = await tallyFor(metrics, random)
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
    show(outcomes, (at) => outcomeWords(metrics[at]!, outcomes[at]!))
    verdict.textContent = coverageSentence(outcomes)
    runs.prepend(h('li', {}, runWords({ visitors: outcomes[0]?.reports ?? 0, epsilon: controls.epsilon(), isPosted }, outcomes)))
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
  const element = h(
    'section',
    { class: 'quality crowd', 'aria-labelledby': 'crowd-heading' },
    h('header', { class: 'quality__head' }, h('h2', { id: 'crowd-heading' }, 'What a crowd tells'), h('p', {}, LEAD)),
    controls.element,
    where,
    verdict,
    legend.element,
    h('div', { class: 'crowd__figures' }, ...figures.map((figure) => figure.element), past),
  )
  const goOnAlone = () => {
    collector = undefined
    if (!stop) expect()
  }
  return { element, goOnAlone }
}

const NOT_RUN = 'Nothing was simulated with these settings yet: the lines show what is to be expected.'

const LEAD =
  'Simulated visitors stand in for the browsers that answer in a week. The bars are what is true of them, which no server ever sees; the lines are what the shop would know of it.'
