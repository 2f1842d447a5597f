import { debounce } from '../dom/debounce'
import { h } from '../dom/element'
import { icon } from '../pictures/icon'
import type { PanelTab } from './panel-tab'
import { isTyping, shortcutSwitch } from './shortcut'
import { tabList } from './tab-list'

const REDRAW_MS = 120 // one deed is several changes

/** The drawer that shows what the shop knows. On wide screens the shop stays usable beside it; on small ones it covers the shop. */
export class Panel {
  readonly element: HTMLElement
  readonly #behind: readonly HTMLElement[]
  readonly #heading = h('h2', { id: 'panel-heading', tabindex: -1 }, 'What this device knows')
  readonly #small = matchMedia('(max-width: 900px)')
  readonly #onFault: (thrown: unknown) => void
  #tab: PanelTab
  #back: Element | null = null

  /** @param behind what is out of reach while the panel covers it. */
  constructor(tabs: readonly [PanelTab, ...PanelTab[]], behind: readonly HTMLElement[], onFault: (thrown: unknown) => void) {
    this.#behind = behind
    this.#onFault = onFault
    this.#tab = tabs[0]
    const shortcut = shortcutSwitch(localStorage)
    const tabBar = tabList(tabs, (tab) => {
      this.#tab = tab
      this.redraw()
    })
    const close = h('button', { type: 'button', class: 'tool tool--icon', 'aria-label': 'Close', onclick: () => this.close() }, icon('x'))
    this.element = h(
      'aside',
      { class: 'panel', role: 'dialog', 'aria-labelledby': 'panel-heading', id: 'panel' },
      h('header', { class: 'panel__head' }, this.#heading, close),
      tabBar,
      h('div', { class: 'panel__body' }, ...tabs.map(({ element }) => element)),
      h('footer', { class: 'panel__foot' }, shortcut.element),
    )
    this.element.hidden = true
    this.#small.addEventListener('change', () => this.#cover())
    addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.isOpen) this.close()
      else if (event.key === '.' && shortcut.isOn() && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
        event.preventDefault()
        if (this.isOpen) this.close()
        else this.open()
      }
    })
  }

  get isOpen(): boolean {
    return !this.element.hidden
  }

  /** Shows the panel and takes focus into it. */
  readonly open = (): void => {
    if (!this.isOpen) this.#back = document.activeElement
    this.element.hidden = false
    document.documentElement.dataset.panel = 'open'
    document.documentElement.dataset.panelSeen = 'true'
    document.dispatchEvent(new Event('panel-opened'))
    this.#cover()
    this.redraw()
    this.#heading.focus({ preventScroll: true })
  }

  /** Hides it and gives focus back to where it was. */
  close(): void {
    this.element.hidden = true
    delete document.documentElement.dataset.panel
    this.#cover()
    if (this.#back instanceof HTMLElement && this.#back.isConnected) this.#back.focus({ preventScroll: true })
  }

  /** Brings what is shown up to date, soon. */
  readonly redraw = debounce(() => {
    if (this.isOpen) Promise.resolve(this.#tab.draw()).catch(this.#onFault)
  }, REDRAW_MS)

  #cover(): void {
    const isCovering = this.isOpen && this.#small.matches
    this.element.setAttribute('aria-modal', String(isCovering))
    for (const part of this.#behind) part.inert = isCovering
  }
}
