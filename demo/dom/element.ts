type Listener = (event: Event) => void
/** `undefined` and `false` leave an attribute out, `true` sets it empty; a function listens to the event named after `on`. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined | Listener>>
export type Child = Node | string | undefined

/**
 * Makes an HTML element. Text children become text nodes, never markup, so whatever a product is called stays inert.
 *
 * @example h('a', { href: '#/cart', class: 'button' }, 'To the cart')
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  apply(element, attributes)
  for (const child of children) if (child !== undefined) element.append(child)
  return element
}

/** The same for SVG. */
export function s<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Node[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  apply(element, attributes)
  element.append(...children)
  return element
}

function apply(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value))
  }
}
