import { cryptoBytes, drawSubset, RandomIntegers } from 'sotto/signals'
import { h } from '../dom/element'
import { namedBuckets, type ReportOdds, reportOdds } from './report-odds'
import type { SimulatedMetric } from './simulated-metric'

export type SingleReport = {
  readonly element: HTMLElement
  /** Begins anew with another metric, that is, another epsilon. */
  readonly show: (metric: SimulatedMetric) => void
}

/** One report of one visitor, drawn as often as wanted: what it says, and what it tells whoever sees it. */
export function singleReport(): SingleReport {
  const random = new RandomIntegers(cryptoBytes)
  const truth = h('select', { id: 'single-truth' })
  const chips = h('ul', { class: 'named' })
  const odds = h('div', { class: 'single__odds' })
  const tally = h('p', { class: 'single__tally', role: 'status' })
  const lead = h('p', {})
  let metric: SimulatedMetric | undefined
  let draws = 0
  let holding = 0
  const draw = () => {
    if (!metric) return
    const { buckets, design } = metric
    const own = truth.selectedIndex
    const named = namedBuckets(drawSubset(design, own, random), buckets.length)
    draws++
    if (named.includes(own)) holding++
    chips.replaceChildren(...buckets.map((bucket, at) => chip(bucket, named.includes(at), at === own)))
    const said = named.includes(own) ? 'It names what is true' : 'It does not name what is true'
    tally.textContent = `${said}. Of ${draws} drawn here, ${holding} do. You may draw as many as you like; a browser draws one a week at most, and none once its budget is spent.`
  }
  const begin = () => {
    draws = 0
    holding = 0
    draw()
  }
  truth.addEventListener('change', begin)
  const element = h(
    'section',
    { class: 'quality single', 'aria-labelledby': 'single-heading' },
    h('header', { class: 'quality__head' }, h('h2', { id: 'single-heading' }, 'What a single report tells'), lead),
    h(
      'div',
      { class: 'single__controls' },
      h('p', { class: 'field' }, h('label', { for: 'single-truth' }, 'What is true of this visitor'), truth),
      h('button', { type: 'button', class: 'button button--quiet', onclick: draw }, 'Draw another report'),
    ),
    chips,
    tally,
    odds,
  )
  return {
    element,
    show: (next) => {
      const chosen = metric === undefined ? mostCommon(next) : truth.selectedIndex
      metric = next
      truth.replaceChildren(...next.buckets.map((bucket) => h('option', {}, bucket)))
      truth.selectedIndex = chosen
      const own = reportOdds(next.design)
      lead.textContent = `Of ${next.buckets.length} buckets each report names ${own.named}, drawn so that the true one is among them somewhat more often than another.`
      odds.replaceChildren(...oddsWords(own))
      begin()
    },
  }
}

function mostCommon({ weights, buckets }: SimulatedMetric): number {
  const interests = weights.map((weight, at) => (buckets[at] === 'none' ? -1 : weight))
  return interests.indexOf(Math.max(...interests))
}

/** A bucket: filled where the report names it; the true one is marked, which only this page can do. */
function chip(bucket: string, isNamed: boolean, isTrue: boolean): HTMLElement {
  const state = [isNamed ? 'named' : 'not named', ...(isTrue ? ['true'] : [])].join(', ')
  return h(
    'li',
    { class: `named__bucket${isNamed ? ' named__bucket--in' : ''}` },
    isTrue ? h('span', { class: 'marked' }, bucket) : bucket,
    h('span', { class: 'visually-hidden' }, ` (${state})`),
  )
}

function oddsWords({ p, q, guess, guessBefore, atMost }: ReportOdds): HTMLElement[] {
  const facts: readonly (readonly [string, string])[] = [
    [percent(p), 'of those of whom a bucket is true name it'],
    [percent(q), 'of all others name it too, by chance alone'],
    [percent(guess), `is how often guessing one of the named buckets is right; blindly it is ${percent(guessBefore)}`],
    [
      `${atMost.toPrecision(2)} ×`,
      'at the very most is how much likelier a report makes one truth than another: that is what epsilon says',
    ],
  ]
  return facts.map(([figure, words]) => h('p', { class: 'single__fact' }, h('strong', {}, figure), ' ', words))
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`
}
