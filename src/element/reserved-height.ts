const px = (text: string) => Number.parseFloat(text) || 0

/**
 * Keeps a shelf as high as the fallback it replaces, so that what stands below does not jump.
 *
 * Writes into a constructed style sheet of its own: a `style` attribute would need `style-src 'unsafe-inline'`.
 */
export class ReservedHeight {
  readonly sheet = new CSSStyleSheet()
  readonly #host: HTMLElement
  readonly #resize: ResizeObserver
  #width = 0

  constructor(host: HTMLElement) {
    this.#host = host
    // At another width the fallback would have another height: better no reserve than a wrong one.
    this.#resize = new ResizeObserver(() => {
      if (host.clientWidth !== this.#width) this.clear()
    })
  }

  /** Measures the fallback as it stands now and reserves that; call just before it is replaced. */
  hold(fallback: readonly Element[]): void {
    const style = getComputedStyle(this.#host)
    // Margins of the first and last child reach through a block's edges: they are not in its height, and would vanish with the children.
    const edge = (child: Element | undefined, side: 'marginTop' | 'marginBottom') =>
      child && style.display === 'block' ? px(getComputedStyle(child)[side]) : 0
    const [top, bottom] = [edge(fallback[0], 'marginTop'), edge(fallback.at(-1), 'marginBottom')]
    this.#width = this.#host.clientWidth
    this.#write(px(style.height), `section.on{margin:${top}px 0 ${bottom}px}`)
    this.#resize.observe(this.#host)
  }

  /** Back to what the site asked for: attribute `min-height` (pixels) or the custom property. */
  clear(): void {
    this.#resize.disconnect()
    this.#write(0, '')
  }

  #write(height: number, margins: string): void {
    const least = height || px(this.#host.getAttribute('min-height') ?? '')
    // A measured height already holds whatever `min-height` the site's own rules give, so it may overrule them.
    const rule = least ? `:host{min-height:max(${least}px,var(--sotto-shelf-min-height,0px))${height ? '!important' : ''}}` : ''
    this.sheet.replaceSync(rule + margins)
  }
}
