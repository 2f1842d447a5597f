import { type EstimatesDocument, LEAST_REPORTS, type PublishedEpoch } from '../../../src/shared/signals/estimates'
import { PLAN_DEFAULTS } from '../../../src/shared/signals/plan-defaults'
import { h } from '../dom/element'
import { comersSentence, epsilonSentence } from '../words/basis-words'
import { count } from '../words/percent'
import { nextWords } from '../words/week-words'

/** What the words of the page mean, what is kept back and why, and under which plans it was asked. @param now see `nextWords`. */
export function howToRead(document: EstimatesDocument, week: PublishedEpoch, now: number | undefined): HTMLElement {
  const withheld = week.metrics.filter(({ groups }) => !groups)
  const epsilon = Math.max(0, ...week.metrics.map((metric) => metric.epsilon))
  const modes = [...new Set(week.metrics.map(({ plan }) => document.plans[plan]?.mode ?? 'local'))]
  const firstSession = Math.max(0, ...week.metrics.map(({ plan }) => document.plans[plan]?.firstSession ?? PLAN_DEFAULTS.firstSession))
  const words: readonly (readonly [string, string])[] = [
    ['Browsers that came back', comersSentence(firstSession)],
    [
      'Between … and …',
      'The true figure lies there 95 times of 100. Bars and dots show the likeliest value. An estimate below 0 is an artefact of the randomization: it means about none, and at most the upper end.',
    ],
    [
      'Too few to tell',
      'Chance alone would explain the difference. It does not mean that nothing changed: with more reports it may show. Of 64 differences three would lie beyond 95 % by chance alone; so where several are looked at together, each must lie beyond 95 % after Bonferroni’s correction (the 5 % divided by their number). The numbers of the tiles are one such group, the answers to a question another.',
    ],
    ['Epsilon (ε)', modes.map((mode) => epsilonSentence(epsilon, mode)).join(' ')],
    [
      'What is kept back',
      `The week that still runs and the one that is still reported on, since figures that grow could be subtracted from one another. ${withheld.length > 0 ? `Of this week ${withheld.length} of ${count(week.metrics.length)} questions: fewer than ${LEAST_REPORTS} reports came.` : `Of this week nothing: every question had ${LEAST_REPORTS} reports or more.`} ${nextWords(now)}`,
    ],
    ['What nobody has', 'Single reports, addresses, names or histories: the collector keeps totals only.'],
  ]
  return h(
    'section',
    { class: 'topic', 'aria-labelledby': 'how' },
    h('h2', { id: 'how' }, 'How to read this'),
    h('dl', { class: 'words' }, ...words.map(([name, text]) => h('div', {}, h('dt', {}, name), h('dd', {}, text)))),
    planList(document, week),
  )
}

function planList({ plans }: EstimatesDocument, week: PublishedEpoch): HTMLElement {
  const hashes = [...new Set(week.metrics.map(({ plan }) => plan))]
  return h(
    'ul',
    { class: 'plans' },
    ...hashes.map((hash) =>
      h(
        'li',
        {},
        h('strong', {}, `Plan ${hash.slice(0, 8)}`),
        ` “${plans[hash]?.purpose ?? ''}”, ${plans[hash]?.metrics.length ?? 0} questions.`,
      ),
    ),
    h('li', {}, h('a', { href: 'v1/estimates' }, 'All published estimates as JSON')),
  )
}
