const px = (text: string | null | undefined) => Number.parseFloat(text ?? '') || 0

/**
 * Keeps a shelf as high as the fallback it replaces, so that what stands below does not jump.
 *
 * Writes into a constructed style sheet of its own: a `style` attribute would need `style-src 'unsafe-inline'`.
 */
export class ReservedHeight {
  readonly sheet = new CSSStyleSheet()
  readonly #host: HTMLElement

  constructor(host: HTMLElement) {
    this.#host = host
  }

  /** Measures the fallback as it stands now and reserves that; call just before it is replaced. */
  hold(fallback: readonly Element[]): void {
    const style = getComputedStyle(this.#host)
    const box = this.#host.getBoundingClientRect()
    // A margin of the first or last child that reaches through the edge is not in the height, and would vanish with the child.
    const margin = (side: 'Top' | 'Bottom', edge: 'top' | 'bottom', child: Element | undefined) => {
      const reaches = child && Math.abs(child.getBoundingClientRect()[edge] - box[edge]) < 1
      const least = reaches ? px(getComputedStyle(child)[`margin${side}`]) : 0
      return `margin-${edge}:${Math.max(least, px(style[`margin${side}`]))}px!important;`
    }
    const margins = margin('Top', 'top', fallback[0]) + margin('Bottom', 'bottom', fallback.at(-1))
    // At another width the fallback would have another height. One pixel of slack, for windows of fractional width.
    const query = `(min-width:${innerWidth - 1}px)and (max-width:${innerWidth + 1}px)`
    this.sheet.replaceSync(`@media${query}{${this.#rule(px(style.height), '!important')}:host{${margins}}}`)
  }

  /** Back to what the site asked for: attribute `min-height` (pixels) or the custom property. */
  clear(): void {
    this.sheet.replaceSync(this.#rule(px(this.#host.getAttribute('min-height'))))
  }

  // Important where measured: that height already holds whatever `min-height` the site's own rules give.
  #rule(height: number, priority = ''): string {
    return height ? `:host{min-height:max(${height}px,var(--sotto-shelf-min-height,0px))${priority}}` : ''
  }
}
