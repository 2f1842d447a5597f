import { h } from '../dom/element'
import { VISITOR_STEPS, visitorsAt } from './scale'

const COUNT = new Intl.NumberFormat('en')

export type CrowdControls = {
  readonly element: HTMLElement
  readonly visitors: () => number
  readonly epsilon: () => number
  /** What the button does now: starts a run, or stops the one that goes on at so many visitors. */
  readonly show: (counted: number | undefined) => void
}

/** The sliders, and the button that starts a run and stops it. @param step where the slider of visitors stands at first. */
export function crowdControls(
  step: number,
  epsilonAtFirst: number,
  handlers: { readonly onInput: () => void; readonly onPress: () => void },
): CrowdControls {
  const visitors = slider('Visitors', { min: 0, max: VISITOR_STEPS, step: 1, value: step }, (at) => COUNT.format(visitorsAt(at)))
  const epsilon = slider('Epsilon', { min: 0.1, max: 4, step: 0.1, value: epsilonAtFirst }, (at) => at.toFixed(1))
  const button = h('button', { type: 'button', class: 'button crowd__run', onclick: handlers.onPress })
  const bar = h('progress', { class: 'crowd__progress', 'aria-label': 'Visitors counted', max: 1, value: 0 })
  const show = (counted: number | undefined) => {
    const all = visitorsAt(visitors.value())
    button.textContent = counted === undefined ? `Simulate ${COUNT.format(all)} visitors` : `Stop at ${COUNT.format(counted)}`
    bar.hidden = counted === undefined
    bar.value = (counted ?? 0) / all
    for (const { input } of [visitors, epsilon]) input.disabled = counted !== undefined
  }
  const changed = () => {
    show(undefined)
    handlers.onInput()
  }
  visitors.input.addEventListener('input', changed)
  epsilon.input.addEventListener('input', changed)
  show(undefined)
  return {
    element: h(
      'div',
      { class: 'crowd__controls' },
      visitors.element,
      h(
        'div',
        {},
        epsilon.element,
        h('p', { class: 'crowd__scale', 'aria-hidden': 'true' }, h('span', {}, 'more private'), h('span', {}, 'more exact')),
      ),
      h('div', { class: 'crowd__start' }, button, bar),
    ),
    visitors: () => visitorsAt(visitors.value()),
    epsilon: epsilon.value,
    show,
  }
}

type Range = { readonly min: number; readonly max: number; readonly step: number; readonly value: number }

function slider(name: string, range: Range, words: (value: number) => string) {
  const id = `slider-${name.toLowerCase()}`
  const input = h('input', { type: 'range', id, class: 'slider__input', ...range })
  const output = h('output', { class: 'slider__value', for: id })
  const show = () => {
    output.textContent = words(input.valueAsNumber)
    input.setAttribute('aria-valuetext', words(input.valueAsNumber))
  }
  input.addEventListener('input', show)
  show()
  const element = h('div', { class: 'slider' }, h('label', { class: 'slider__name', for: id }, name), output, input)
  return { element, input, value: () => input.valueAsNumber }
}
