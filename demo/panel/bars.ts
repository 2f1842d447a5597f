import { h } from '../dom/element'
import { percentages } from './percentages'

/** A bar: what it stands for, and its share, 0 to 1. */
export type Bar = { readonly name: string; readonly share: number; readonly note?: string }

/** Shares as bars, each with its name before and its value after it; the values sum to what the shares do. */
export function bars(entries: readonly Bar[]): HTMLElement[] {
  const percents = percentages(entries.map(({ share }) => share))
  return entries.map(({ name, share, note }, index) => {
    const fill = h('span', { class: 'bar__fill' })
    fill.style.setProperty('--share', String(Math.min(Math.max(share, 0), 1)))
    return h(
      'li',
      { class: 'bar' },
      h('span', { class: 'bar__name' }, name),
      h('span', { class: 'bar__value' }, `${percents[index]} %`),
      h('span', { class: 'bar__rail', 'aria-hidden': 'true' }, fill),
      note === undefined ? undefined : h('span', { class: 'bar__note' }, note),
    )
  })
}
