import type { Explanation, Sotto } from 'sotto'
import { h } from '../dom/element'
import { loadModels } from '../models/load-models'
import type { ModelChoice } from '../models/model-choice'
import { modelWords } from '../models/model-words'
import type { ModelsFile, PackedModel } from '../models/models-file'
import type { Faults } from '../shop/faults'
import { hrefOf } from '../shop/route'
import type { PanelTab } from './panel-tab'
import { rankerTable } from './ranker-table'

const COUNT = new Intl.NumberFormat('en')

/** Which model fills the shelves "for you": a switch, what each of them is, and what the ranker makes of them all. */
export function modelsTab(sotto: Sotto, models: ModelChoice, faults: Faults): PanelTab {
  const state = h('p', { class: 'panel__hint', role: 'status' })
  const list = h('fieldset', { class: 'models' }, h('legend', {}, 'Who fills “For you”?'))
  const origin = h('p', { class: 'panel__hint' })
  const weights = h('div', {})
  const element = h(
    'section',
    { class: 'panel__tab' },
    list,
    state,
    h('h3', {}, 'What the ranker has learned from you'),
    weights,
    h('h3', {}, 'Where they were learned'),
    origin,
    h('p', { class: 'panel__hint' }, h('a', { href: hrefOf({ kind: 'quality' }) }, 'How good is each of them? The figures')),
  )
  let loading: Promise<void> | undefined
  const fill = async () => {
    const file = await loadModels()
    list.append(...choices(file, models))
    origin.textContent = originOf(file)
  }
  const draw = async () => {
    loading ??= fill()
    await loading.catch((thrown: unknown) => {
      loading = undefined // tried again at the next look
      faults.add(thrown)
    })
    for (const input of list.querySelectorAll('input')) input.checked = input.value === (models.model ?? '')
    state.textContent = effectOf(sotto, models.model)
    const features = await rankerFeatures(sotto)
    weights.replaceChildren(
      features
        ? rankerTable(features)
        : h('p', { class: 'panel__empty' }, 'Nothing yet: it begins once “All together” has filled a shelf for you.'),
    )
  }
  models.addEventListener('change', () => {
    for (const shelf of forYouShelves()) {
      void shelf.refresh()
      shelf.closest('section')?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
    }
  })
  return { id: 'models', label: 'Models', element, draw }
}

/** The blend first, as what the shop does by itself; the others in the order of the pack. */
function choices({ models, support, blended }: ModelsFile, choice: ModelChoice): HTMLElement[] {
  const blend = models.find(({ name }) => name === 'blend')
  const { what } = modelWords('blend')
  return [
    option(
      choice,
      undefined,
      'All together (default)',
      what,
      `${membersOf(blended)}${blend ? ` · what it knows to begin with: ${size(blend)}` : ''}`,
    ),
    ...models
      .filter(({ name }) => name !== 'blend')
      .map((model) => {
        const words = modelWords(model.name)
        return option(choice, model.name, words.label, words.what, `${basisOf(model, support)} · ${size(model)}`)
      }),
  ]
}

/** Which of the models below rank together, and why not the others. */
function membersOf(blended: readonly string[]): string {
  const names = blended.map((name) => modelWords(name).label).join(' and ')
  return `Of the models below it asks ${blended.length}: ${names}, what everybody orders and what products say of themselves. The others look for patterns in the orders, and the measurement shows none here; what goes with what has shelves of its own`
}

function option(choice: ModelChoice, model: string | undefined, label: string, what: string, facts: string | undefined): HTMLElement {
  return h(
    'label',
    { class: 'model' },
    h('input', { type: 'radio', name: 'model', value: model ?? '', onchange: () => choice.choose(model) }),
    h(
      'span',
      { class: 'model__text' },
      h('strong', {}, label),
      h('span', {}, what),
      facts === undefined ? undefined : h('span', { class: 'model__facts' }, facts),
    ),
  )
}

/** Models that read what products say of themselves need no customers. */
const FROM_TEXTS: ReadonlySet<string> = new Set(['terms', 'latent-terms', 'embedding'])

function basisOf({ name, isByKind }: PackedModel, support: number): string {
  if (FROM_TEXTS.has(name)) return 'From the products’ own words, no customer needed'
  return `From orders${isByKind ? ', by kind of product' : ''}; at least ${support} customers behind each number`
}

/** What a visitor fetches of it. */
function size({ gzip }: PackedModel): string {
  return gzip < 1000 ? 'under 1 KB to fetch' : `${Math.round(gzip / 1000)} KB to fetch`
}

function originOf({ customers, orders, years, support }: ModelsFile): string {
  return `On the shop’s own computer, when the shop was built, from ${COUNT.format(orders)} orders of ${COUNT.format(customers)} customers in ${years[0]} to ${years[1]} (public sample data). No two products were bought together by ${support} customers, so what goes with what was learned from kinds of product. Here they only score: what you look at goes to none of them.`
}

function effectOf({ consent }: Sotto, model: string | undefined): string {
  if (consent !== 'granted' && consent !== 'session')
    return 'Until you let the shop remember, “For you” shows what is popular, whoever fills it.'
  const who = model === undefined ? '“All together”' : `“${modelWords(model).label}” alone`
  return forYouShelves().length > 0
    ? `“For you” is filled by ${who}, as soon as something is known of you.`
    : `No shelf of this page is “For you”; on the front page it will be filled by ${who}.`
}

/** Of any product of the page: the weights are the same for all. */
async function rankerFeatures(sotto: Sotto): Promise<Explanation['features']> {
  const id = forYouShelves().flatMap(({ recommendation }) => recommendation?.items ?? [])[0]?.id
  return id === undefined ? undefined : (await sotto.explain(id)).features
}

/** Those of this page's own Sotto: personas have theirs. */
function forYouShelves() {
  return [...document.querySelectorAll('sotto-shelf')].filter(
    (shelf) => shelf.getAttribute('strategy') === 'for-you' && !shelf.hasAttribute('namespace'),
  )
}
