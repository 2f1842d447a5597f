import type { CardTexts } from './card-texts'

/** What a card's template is filled with. */
export type CardValues = {
  readonly texts: CardTexts
  /** Already made safe; `undefined`: the item has none. */
  readonly url: string | undefined
  readonly image: string | undefined
}

function bindImage(image: HTMLImageElement, url: string | undefined): void {
  if (!url) {
    image.remove()
    return
  }
  // All of these before `src`, which starts the request.
  image.referrerPolicy = 'no-referrer'
  image.decoding = 'async'
  if (!image.hasAttribute('loading')) image.loading = 'lazy'
  if (!image.hasAttribute('alt')) image.alt = ''
  image.addEventListener('error', () => {
    image.hidden = true
  })
  image.src = url
}

function bindLink(link: HTMLAnchorElement, url: string | undefined): void {
  if (url) {
    link.href = url
    return
  }
  link.removeAttribute('href')
  link.role = 'button'
  link.tabIndex = 0
  link.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault() // a space would scroll the page
    link.click()
  })
}

/**
 * Fills a cloned template in place. Values become text, never markup.
 *
 * - `data-sotto-text="title|description|brand|category|kind|price|because"`: the node's text; a node without a value is removed.
 * - `data-sotto-alt="…"` (the same names): the picture's `alt`, empty without a value.
 * - `data-sotto-src="image"` on `<img>`: the picture; the node is removed without one, hidden if it cannot be loaded.
 * - `data-sotto-href="url"` on `<a>`: the link; without a URL it stays, as a focusable button, because it may hold the whole card.
 *
 * On other elements `src` and `href` bindings do nothing, and a bound `<script>` or `<style>` is removed: data must not become code.
 */
export function bindTemplate(root: ParentNode, { texts, url, image }: CardValues): void {
  const named = new Map<string, string | undefined>(Object.entries(texts))
  for (const node of root.querySelectorAll<HTMLElement>('[data-sotto-text]')) {
    const text = named.get(node.dataset.sottoText ?? '')
    if (!text || node.matches('script,style')) node.remove()
    else node.textContent = text
  }
  for (const node of root.querySelectorAll<HTMLImageElement>('img[data-sotto-alt]')) node.alt = named.get(node.dataset.sottoAlt ?? '') ?? ''
  for (const node of root.querySelectorAll<HTMLImageElement>('img[data-sotto-src]')) bindImage(node, image)
  for (const node of root.querySelectorAll<HTMLAnchorElement>('a[data-sotto-href]')) bindLink(node, url)
}
