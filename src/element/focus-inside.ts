/**
 * The element inside `host` that has the keyboard's focus, in its shadow or its light DOM, or `host` itself; `null` if it is elsewhere.
 * Still there while the whole window is in the background.
 */
export function focusInside(host: HTMLElement): Element | null {
  // A connected node's root is one of these two.
  const active = (host.getRootNode() as Document | ShadowRoot).activeElement
  return host.contains(active) ? (host.shadowRoot?.activeElement ?? active) : null
}

/** Runs `change`, which may move or hide what has the focus inside `host`; afterwards the focus is there still, or on `host`. */
export function keepFocus(host: HTMLElement, change: () => void): void {
  const before = focusInside(host)
  change()
  if (!before) return // Nodes of HTML and SVG alike can take the focus.
  ;(before as HTMLElement).focus({ preventScroll: true })
  if (focusInside(host)) return
  if (!host.hasAttribute('tabindex')) {
    host.tabIndex = -1
    host.addEventListener('blur', () => host.removeAttribute('tabindex'), { once: true })
  }
  host.focus({ preventScroll: true })
}
