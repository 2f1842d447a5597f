import { h } from '../dom/element'

/** What the charts draw, by colour; hidden from screen readers, which are told in words. */
export function crowdLegend(): { readonly element: HTMLElement; readonly show: (isDrawn: boolean) => void } {
  const element = h('ul', { class: 'crowd__legend', 'aria-hidden': 'true' })
  const entry = (kind: string, words: string) => h('li', {}, h('span', { class: `crowd__key crowd__key--${kind}` }), words)
  const show = (isDrawn: boolean) =>
    element.replaceChildren(
      entry('truth', 'the truth'),
      ...(isDrawn
        ? [
            entry('estimate', 'what is estimated, with its 95 % interval'),
            entry('miss', 'an interval that misses the truth, as one of 20 should'),
          ]
        : [entry('interval', 'where 95 of 100 estimates would fall')]),
    )
  return { element, show }
}
