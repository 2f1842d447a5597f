/**
 * Builds the card that a shelf shows where the site gives no template: unfilled, in the same binding language.
 *
 * Only the title is inside the link, so it alone is the link's name; the style sheet stretches the link over the whole card.
 */
export function defaultCard(title: string): HTMLLIElement {
  const make = (tag: string, part: string, data: DOMStringMap = {}, ...children: Element[]) => {
    const node = document.createElement(tag)
    node.part.value = part
    Object.assign(node.dataset, data)
    node.append(...children)
    return node
  }
  const image = make('img', 'image', { sottoSrc: 'image' })
  // Square; what the picture really measures does not matter to the layout, the style sheet crops it.
  image.setAttribute('width', '400')
  image.setAttribute('height', '400')
  const initial = make('span', 'initial')
  initial.textContent = title.match(/[\p{L}\p{N}]/u)?.[0] ?? ''
  initial.ariaHidden = 'true'
  const card = document.createElement('li')
  card.part.value = 'card'
  card.append(
    make('div', 'picture', {}, image, initial),
    make('span', 'kind', { sottoText: 'kind' }),
    make('a', 'link', { sottoHref: 'url' }, make('span', 'title', { sottoText: 'title' })),
    make('span', 'price', { sottoText: 'price' }),
    make('span', 'because', { sottoText: 'because' }),
  )
  return card
}
