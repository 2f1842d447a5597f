import { h } from '../dom/element'

/**
 * What the product pictures of this page would tell if each had an address, as in most shops: a shelf chosen on the device would then
 * name itself to the picture server.
 */
export function pictureNote(): { readonly element: HTMLElement; readonly draw: () => void } {
  const body = h('div', {})
  const element = h('details', { class: 'outside' }, h('summary', {}, 'What product pictures would tell'), body)
  const draw = () => {
    const chosen = [...document.querySelectorAll<HTMLElement>('sotto-shelf [data-sotto-item]')].flatMap(
      ({ dataset }) => dataset.sottoItem ?? [],
    )
    const ids = [...new Set(chosen)]
    body.replaceChildren(
      h(
        'p',
        {},
        ids.length === 0
          ? 'The engine has chosen nothing on this page yet.'
          : `The engine chose ${ids.length} of the products on this page. If their pictures were files, showing them would ask a server for exactly these, and from that list it could guess what you looked at:`,
      ),
      h('ul', {}, ...ids.slice(0, 8).map((id) => h('li', {}, h('code', {}, `/pictures/${id}.webp`)))),
      h(
        'p',
        {},
        'This shop draws its pictures here, so nobody is asked. A shop with photographs can put small ones into its catalogue, which everybody downloads alike.',
      ),
    )
  }
  return { element, draw }
}
