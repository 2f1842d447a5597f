import { h } from '../dom/element'
import type { PanelTab } from './panel-tab'

/**
 * The row of tabs, by the ARIA practices' pattern: arrow keys, Home and End move and show at once; only the shown tab is in the tab order.
 * https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function tabList(tabs: readonly PanelTab[], show: (tab: PanelTab) => void): HTMLElement {
  const buttons = tabs.map((tab) => {
    tab.element.id = `panel-${tab.id}`
    tab.element.setAttribute('role', 'tabpanel')
    tab.element.setAttribute('aria-labelledby', `tab-${tab.id}`)
    const attributes = { type: 'button', role: 'tab', id: `tab-${tab.id}`, class: 'tab', 'aria-controls': tab.element.id }
    return h('button', { ...attributes, onclick: () => select(tabs.indexOf(tab), false) }, tab.label)
  })
  const select = (index: number, takesFocus: boolean) => {
    for (const [at, button] of buttons.entries()) {
      button.setAttribute('aria-selected', String(at === index))
      button.tabIndex = at === index ? 0 : -1
      const tab = tabs[at]
      if (tab) tab.element.hidden = at !== index
    }
    const chosen = tabs[index]
    if (chosen) show(chosen)
    if (takesFocus) buttons[index]?.focus()
  }
  const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'What to show' }, ...buttons)
  list.addEventListener('keydown', (event) => {
    const current = buttons.findIndex((button) => button.matches(':focus'))
    const next = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (next === undefined || current < 0) return
    event.preventDefault()
    select((next + buttons.length) % buttons.length, true)
  })
  select(0, false)
  return list
}
