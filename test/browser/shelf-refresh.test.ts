import { beforeAll, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { defineShelf } from '../../src/element'
import { patiently } from '../support/patiently'
import { FakeSotto, resultOf } from './shelf-fake-sotto'
import { cardsOf, linkOf, listen, openPage, pause, shownIds, shows } from './shelf-page'

function shop(...ids: string[]): FakeSotto {
  const sotto = new FakeSotto()
  sotto.results = ids.map((id) => resultOf(id))
  return sotto
}

// Out of the way: the shelves below would take it for the visitor's.
beforeAll(async () => {
  document.documentElement.style.paddingTop = '40px'
  await userEvent.hover(document.documentElement, { position: { x: 1, y: 1 } })
})

describe('a shelf asks', () => {
  it('what its attributes say', async () => {
    const { sotto } = openPage(
      `<sotto-shelf strategy="search" slot-name="top" limit="3" item-id="x" query=" desk " exclude="a, b,,c" filter-category="Chairs"
        filter-brand="Hon" filter-min-price="1" filter-max-price="9.5"></sotto-shelf>`,
    )
    await patiently(() => expect(sotto.requests).toHaveLength(1))
    const filter = { category: 'Chairs', brand: 'Hon', minPrice: 1, maxPrice: 9.5 }
    const expected = { strategy: 'search', slot: 'top', limit: 3, itemId: 'x', query: 'desk', exclude: ['a', 'b', 'c'], filter }
    expect(sotto.requests[0]).toEqual(expected)
  })

  it('for-you by default, and no more than that', async () => {
    const { sotto } = openPage('<sotto-shelf></sotto-shelf>')
    await patiently(() => expect(sotto.requests).toEqual([{ strategy: 'for-you', slot: 'default' }]))
  })

  it('once for several changed attributes', async () => {
    const { shelf, sotto } = openPage('<sotto-shelf></sotto-shelf>', shop('a'))
    await shows(shelf, 'a')
    sotto.results = [resultOf('b')]
    shelf.setAttribute('strategy', 'similar')
    shelf.setAttribute('item-id', 'x')
    await shows(shelf, 'b')
    expect(sotto.requests).toHaveLength(2)
    expect(sotto.requests[1]).toMatchObject({ strategy: 'similar', itemId: 'x' })
  })

  it('once for a burst of changes, and for no other kind', async () => {
    const { shelf, sotto } = openPage('<sotto-shelf></sotto-shelf>', shop('a'))
    await shows(shelf, 'a')
    sotto.change('compute')
    sotto.change('worker')
    await pause()
    expect(sotto.requests).toHaveLength(1)
    sotto.results = [resultOf('b')]
    for (let index = 0; index < 20; index++) sotto.change(index % 2 ? 'history' : 'catalog')
    await shows(shelf, 'b')
    await pause()
    expect(sotto.requests).toHaveLength(2)
  })

  it('for nothing more once it is out of the page, and anew when it is back', async () => {
    const { shelf, sotto } = openPage('<div id="here"><sotto-shelf></sotto-shelf></div><div id="there"></div>', shop('a'))
    await shows(shelf, 'a')
    document.getElementById('there')!.append(shelf)
    await pause()
    expect(shownIds(shelf)).toEqual(['a'])
    expect(sotto.requests).toHaveLength(1)
    shelf.remove()
    await patiently(() => expect(sotto.listenerCount).toBe(0))
    expect(shelf.recommendation).toBeUndefined()
    await shelf.refresh()
    expect(sotto.requests).toHaveLength(1)
    document.body.append(shelf)
    await shows(shelf, 'a')
  })
})

describe('under the visitor’s hand', () => {
  it('nothing moves while the pointer is over the shelf', async () => {
    const { shelf, sotto } = openPage('<sotto-shelf></sotto-shelf>', shop('a', 'b'))
    await shows(shelf, 'a', 'b')
    shelf.dispatchEvent(new PointerEvent('pointermove'))
    sotto.results = [resultOf('c')]
    sotto.change('history')
    await pause()
    expect(shownIds(shelf)).toEqual(['a', 'b'])
    shelf.dispatchEvent(new PointerEvent('pointerleave'))
    await shows(shelf, 'c')
  })

  it('nothing moves when the pointer comes after the question and before the answer', async () => {
    const { shelf, sotto } = openPage('<sotto-shelf></sotto-shelf>', shop('a'))
    await shows(shelf, 'a')
    let open = () => {}
    sotto.gate = new Promise((resolve) => {
      open = resolve
    })
    sotto.results = [resultOf('b')]
    sotto.change('history')
    await patiently(() => expect(sotto.requests).toHaveLength(2))
    shelf.dispatchEvent(new PointerEvent('pointerover'))
    open()
    await pause()
    expect(shownIds(shelf)).toEqual(['a'])
    shelf.dispatchEvent(new PointerEvent('pointerleave'))
    await shows(shelf, 'b')
  })

  it.each(['', '<template><a data-sotto-href="url" data-sotto-text="title"></a></template>'])(
    'nothing moves while the focus is inside (%s)',
    async (template) => {
      const { shelf, sotto } = openPage(`<sotto-shelf>${template}</sotto-shelf><button id="out">out</button>`, shop('a', 'b'))
      await shows(shelf, 'a', 'b')
      linkOf(cardsOf(shelf)[0]).focus()
      sotto.results = [resultOf('c')]
      sotto.change('history')
      await pause()
      linkOf(cardsOf(shelf)[1]).focus()
      await pause()
      expect(shownIds(shelf)).toEqual(['a', 'b'])
      document.getElementById('out')!.focus()
      await shows(shelf, 'c')
      expect(document.activeElement?.id).toBe('out')
    },
  )

  it('the first list replaces the fallback under the pointer, but not under the focus', async () => {
    const { shelf, sotto } = openPage('<sotto-shelf><a href="#x">Popular</a></sotto-shelf>', shop())
    await patiently(() => expect(sotto.requests).toHaveLength(1))
    const link = shelf.querySelector('a')!
    link.focus()
    shelf.dispatchEvent(new PointerEvent('pointerover'))
    sotto.results = [resultOf('a')]
    sotto.change('history')
    await pause()
    expect(shownIds(shelf)).toEqual([])
    link.blur()
    await shows(shelf, 'a')
  })

  it('the focus stays on its card when the site insists on a refresh', async () => {
    const { shelf, sotto } = openPage('<sotto-shelf></sotto-shelf>', shop('a', 'b'))
    await shows(shelf, 'a', 'b')
    const link = linkOf(cardsOf(shelf)[1])
    link.focus()
    sotto.results = [resultOf('c'), resultOf('d'), resultOf('b')]
    await shelf.refresh()
    expect(shownIds(shelf)).toEqual(['c', 'd', 'b'])
    expect(shelf.shadowRoot?.activeElement).toBe(link)
    sotto.results = [resultOf('e')]
    await shelf.refresh()
    expect(document.activeElement).toBe(shelf)
    sotto.change('forgotten')
    expect(document.activeElement).toBe(shelf)
    shelf.blur()
    expect(shelf.hasAttribute('tabindex')).toBe(false)
  })

  it('a card that looks the same is the same node', async () => {
    const { shelf, sotto } = openPage('<sotto-shelf></sotto-shelf>', shop('a', 'b'))
    await shows(shelf, 'a', 'b')
    const [a, b] = cardsOf(shelf)
    sotto.results = [resultOf('b'), resultOf('a', { price: 99 })]
    await shelf.refresh()
    expect(cardsOf(shelf)[0]).toBe(b)
    expect(cardsOf(shelf)[1]).not.toBe(a)
  })
})

describe('defineShelf', () => {
  it('lets an attribute choose among several, and keeps the others with the first', async () => {
    const { shelf, sotto, tag } = openPage('<sotto-shelf></sotto-shelf><sotto-shelf namespace="two"></sotto-shelf>', shop('a'))
    const named = shelf.nextElementSibling as typeof shelf // both were made by the markup above
    await shows(shelf, 'a')
    expect(shownIds(named)).toEqual([])
    const second = new FakeSotto('two')
    second.results = [resultOf('b')]
    defineShelf(second.sotto, tag)
    await shows(named, 'b')
    expect(shownIds(shelf)).toEqual(['a'])
    expect(sotto.requests).toHaveLength(1)
    named.removeAttribute('namespace')
    await shows(named, 'a')
    expect(second.listenerCount).toBe(0)
  })

  it('turns shelves to a new Sotto of the same namespace', async () => {
    const { shelf, sotto, tag } = openPage('<sotto-shelf></sotto-shelf>', shop('a'))
    await shows(shelf, 'a')
    defineShelf(sotto.sotto, tag)
    expect(sotto.requests).toHaveLength(1)
    defineShelf(shop('b').sotto, tag)
    await shows(shelf, 'b')
    expect(sotto.listenerCount).toBe(0)
  })

  it('refuses names that are none, and names that are taken', () => {
    customElements.define('taken-name', class extends HTMLElement {})
    for (const name of ['nohyphen', 'taken-name', '']) {
      expect(() => defineShelf(shop().sotto, name)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
    }
  })

  it('tells what was rendered', async () => {
    const rendered = listen('rendered')
    const { shelf } = openPage('<sotto-shelf limit="1"></sotto-shelf>', shop('a', 'b'))
    await patiently(() => expect(rendered).toEqual([{ strategy: 'for-you', count: 1 }]))
    expect(shelf.recommendation?.items[0]?.id).toBe('a')
  })
})
