import { afterEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { patiently } from '../support/patiently'
import { FakeSotto, resultOf } from './shelf-fake-sotto'
import { cardsOf, linkOf, listen, openPage, PNG, shows } from './shelf-page'

const HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
const rejections: unknown[] = []
window.addEventListener('unhandledrejection', (event) => {
  rejections.push(event.reason)
})

function shop(...results: FakeSotto['results']): FakeSotto {
  const sotto = new FakeSotto()
  sotto.results = results
  return sotto
}

afterEach(() => {
  location.hash = ''
  vi.restoreAllMocks()
})

describe('what a card shows', () => {
  it('is title, kind, price in the language of the page, and why', async () => {
    const { shelf } = openPage('<div lang="de"><sotto-shelf></sotto-shelf></div>', shop(resultOf('a', { price: 1234.5 })))
    await shows(shelf, 'a')
    const text = (part: string) => shelf.shadowRoot!.querySelector(`[part=${part}]`)?.textContent
    expect(text('title')).toBe('Title a')
    expect(text('kind')).toBe('Chairs')
    expect(text('price')).toBe('1.234,50\u00a0€')
    expect(text('because')).toBe('Because you looked at Oak desk')
    expect(text('initial')).toBe('T')
    expect(text('image')).toBeUndefined()
  })

  it.each(['', '<template><b data-sotto-text="title"></b><a data-sotto-href="url" data-sotto-text="brand"></a></template>'])(
    'is text, whatever a title holds (%s)',
    async (template) => {
      const hostile = resultOf('a', { title: HOSTILE, brand: HOSTILE, url: 'java\tscript:window.hacked=1', image: 'data:text/html,x' })
      const { shelf } = openPage(`<sotto-shelf label='${HOSTILE.replaceAll('"', '')}'>${template}</sotto-shelf>`, shop(hostile))
      await shows(shelf, 'a')
      const [card] = cardsOf(shelf)
      expect(card!.textContent).toContain(HOSTILE)
      expect(card!.querySelectorAll('img, script')).toHaveLength(0)
      expect(linkOf(card).hasAttribute('href')).toBe(false)
      linkOf(card).click()
      expect(window).not.toHaveProperty('hacked')
    },
  )
})

describe('a template of the site', () => {
  const TEMPLATE = `<template><article class="mine"><img data-sotto-src="image" data-sotto-alt="title"><a data-sotto-href="url">
    <b data-sotto-text="title"></b></a><i data-sotto-text="brand"></i><s data-sotto-text="price"></s><u data-sotto-text="nonsense"></u>
    <script data-sotto-text="description"></script></article></template>`

  it('is filled in the light DOM, and what has no value is gone', async () => {
    const image = URL.createObjectURL(new Blob([PNG], { type: 'image/png' }))
    const sotto = shop(
      resultOf('a', { brand: 'Hon', image: new URL('/a.png', location.href).href, description: 'window.hacked = 1' }),
      resultOf('b', { price: -1, image }),
    )
    const { shelf } = openPage(`<style>.mine { color: rgb(1, 2, 3) }</style><sotto-shelf>${TEMPLATE}<p>Popular</p></sotto-shelf>`, sotto)
    await shows(shelf, 'a', 'b')
    const [a, b] = cardsOf(shelf)
    expect(getComputedStyle(a!.querySelector('.mine')!).color).toBe('rgb(1, 2, 3)')
    expect(a!.querySelector('i')!.textContent).toBe('Hon')
    expect(a!.querySelector('img')!.alt).toBe('Title a')
    expect(a!.querySelector('a')!.getAttribute('href')).toContain('#/p/a')
    expect(a!.querySelectorAll('u, script')).toHaveLength(0)
    expect(b!.querySelectorAll('i, s, img')).toHaveLength(0)
    expect(window).not.toHaveProperty('hacked')
    expect(shelf.querySelector('p')!.checkVisibility()).toBe(false)
    sotto.change('forgotten')
    expect(shelf.querySelector('p')!.checkVisibility()).toBe(true)
    expect(shelf.querySelector('ul')).toBeNull()
  })

  it('may bring the list item itself, and stand beside its own content', async () => {
    const { shelf } = openPage(
      '<sotto-shelf><template><li class="own"><b data-sotto-text="title"></b></li></template></sotto-shelf>',
      shop(resultOf('a')),
    )
    await shows(shelf, 'a')
    expect(cardsOf(shelf)[0]!.className).toBe('own')
    const built = document.createElement('template')
    built.append(document.createElement('em'))
    built.firstElementChild!.setAttribute('data-sotto-text', 'title')
    shelf.querySelector('template')!.replaceWith(built)
    await shelf.refresh()
    expect(cardsOf(shelf)[0]!.innerHTML).toBe('<em data-sotto-text="title">Title a</em>')
  })

  it('loses nothing but the list when a framework empties the element', async () => {
    const { shelf } = openPage(`<sotto-shelf>${TEMPLATE}</sotto-shelf>`, shop(resultOf('a')))
    await shows(shelf, 'a')
    shelf.innerHTML = '<p>New</p>'
    expect(shelf.querySelector('p')!.checkVisibility()).toBe(true)
  })
})

describe('pictures', () => {
  it('from the pack are shown without asking a server, and given back when they go', async () => {
    const revoked = vi.spyOn(URL, 'revokeObjectURL')
    const created = vi.spyOn(URL, 'createObjectURL')
    const thumbnail = { type: 'image/png', bytes: PNG }
    const image = new URL('/never-asked.png', location.href).href
    const sotto = shop(resultOf('a', { image }, { thumbnail }), resultOf('b', { image }, { thumbnail }))
    const { shelf } = openPage('<sotto-shelf></sotto-shelf>', sotto)
    await shows(shelf, 'a', 'b')
    const images = cardsOf(shelf).map((card) => card.querySelector('img')!)
    const [first, second] = images.map(({ src }) => src)
    await patiently(() => expect(images.map(({ naturalWidth }) => naturalWidth)).toEqual([1, 1]))
    expect([first, second]).toEqual(created.mock.results.map(({ value }) => value))
    sotto.results = sotto.results.slice(1)
    await shelf.refresh()
    expect(revoked.mock.calls).toEqual([[first]])
    expect(cardsOf(shelf)[0]!.querySelector('img')!.src).toBe(second)
    shelf.remove()
    await patiently(() => expect(revoked.mock.calls).toEqual([[first], [second]]))
    expect(performance.getEntriesByType('resource').filter(({ name }) => name.includes('never-asked'))).toEqual([])
  })

  it('of a type that is none are not shown, and not asked for elsewhere', async () => {
    const thumbnail = { type: 'text/html', bytes: PNG }
    const { shelf } = openPage('<sotto-shelf></sotto-shelf>', shop(resultOf('a', { image: '/never-asked.png' }, { thumbnail })))
    await shows(shelf, 'a')
    expect(shelf.shadowRoot!.querySelector('img')).toBeNull()
  })

  it('by URL say where they stand and nothing about the page, and give way when they fail', async () => {
    const { shelf } = openPage('<sotto-shelf></sotto-shelf>', shop(resultOf('a', { image: '/no-such-picture.png' })))
    await shows(shelf, 'a')
    const image = shelf.shadowRoot!.querySelector('img')!
    const wanted = { width: '400', height: '400', loading: 'lazy', decoding: 'async', referrerpolicy: 'no-referrer', alt: '' }
    for (const [name, value] of Object.entries(wanted)) expect(image.getAttribute(name)).toBe(value)
    await patiently(() => expect(image.checkVisibility()).toBe(false))
    // The ear that hears nothing of `/never-asked.png` above hears this one.
    expect(performance.getEntriesByType('resource').filter(({ name }) => name.includes('no-such-picture'))).toHaveLength(1)
    expect(shelf.shadowRoot!.querySelector('[part=initial]')!.checkVisibility()).toBe(true)
  })
})

describe('for everybody', () => {
  it('is a named region with a list of links named by their titles', async () => {
    const { shelf } = openPage('<sotto-shelf strategy="similar"></sotto-shelf>', shop(resultOf('a'), resultOf('b', {}, {})))
    await shows(shelf, 'a', 'b')
    const region = page.getByRole('region', { name: 'Similar items' })
    await expect.element(region.getByRole('list')).toBeInTheDocument()
    expect(region.getByRole('listitem').elements()).toHaveLength(2)
    await expect.element(region.getByRole('link', { name: 'Title a', exact: true })).toBeInTheDocument()
    shelf.setAttribute('label', 'More like this')
    await expect.element(page.getByRole('region', { name: 'More like this' })).toBeInTheDocument()
    await expect.element(page.getByRole('heading', { name: 'More like this' })).toBeVisible()
    shelf.removeAttribute('label')
    await expect.element(page.getByRole('region', { name: 'Similar items' })).toBeInTheDocument()
    expect(page.getByRole('heading').elements()).toHaveLength(0)
  })

  it('is no region while the fallback is shown', async () => {
    const rendered = listen('rendered')
    openPage('<sotto-shelf><p>Popular</p></sotto-shelf>', shop())
    await patiently(() => expect(rendered).toHaveLength(1))
    expect(page.getByRole('region').elements()).toHaveLength(0)
  })

  it('goes through the cards in order by the tabulator key, with the focus in sight', async () => {
    const sotto = shop(resultOf('a'), { ...resultOf('b'), item: { id: 'b', title: 'Title b', categories: [] } }, resultOf('c'))
    const { shelf } = openPage('<button id="start">start</button><sotto-shelf></sotto-shelf>', sotto)
    await shows(shelf, 'a', 'b', 'c')
    document.getElementById('start')!.focus()
    for (const title of ['Title a', 'Title b', 'Title c']) {
      await userEvent.tab()
      const link = shelf.shadowRoot!.activeElement!
      expect(link.textContent).toBe(title)
      expect(getComputedStyle(link, '::after').outlineStyle).toBe('solid')
    }
  })

  it('without a URL is a button, for mouse, Enter and Space', async () => {
    const selected = listen('select')
    const sotto = shop({ ...resultOf('b'), item: { id: 'b', title: 'Title b', categories: [] } })
    const { shelf } = openPage('<sotto-shelf></sotto-shelf>', sotto)
    await shows(shelf, 'b')
    await userEvent.click(page.getByRole('button', { name: 'Title b', exact: true }))
    await userEvent.keyboard('{Enter}')
    await userEvent.keyboard(' ')
    expect(selected).toHaveLength(3)
    expect(selected[0]).toMatchObject({ itemId: 'b', index: 0 })
    expect(sotto.tracked).toHaveLength(3)
  })
})

describe('a click', () => {
  it('is remembered, and follows the link', async () => {
    const { shelf, sotto } = openPage('<sotto-shelf slot-name="home"></sotto-shelf>', shop(resultOf('a'), resultOf('b')))
    await shows(shelf, 'a', 'b')
    // Beside the title: the link is stretched over the card.
    await userEvent.click(cardsOf(shelf)[1]!, { position: { x: 20, y: 20 } })
    expect(sotto.tracked).toEqual([{ event: 'select_item', params: { item_list_id: 'home', items: [{ item_id: 'b', index: 1 }] } }])
    expect(location.hash).toBe('#/p/b')
    linkOf(cardsOf(shelf)[0]).dispatchEvent(new MouseEvent('auxclick', { button: 1 }))
    linkOf(cardsOf(shelf)[0]).dispatchEvent(new MouseEvent('auxclick', { button: 2 }))
    expect(sotto.tracked).toHaveLength(2)
  })

  it('can be taken over by the site’s router', async () => {
    const { shelf, sotto } = openPage('<sotto-shelf></sotto-shelf>', shop(resultOf('a')))
    await shows(shelf, 'a')
    document.body.firstElementChild!.addEventListener('sotto-shelf:select', (event) => event.preventDefault())
    linkOf(cardsOf(shelf)[0]).click()
    expect(location.hash).toBe('')
    expect(sotto.tracked).toHaveLength(1)
  })

  it.each(['throw', 'reject'] as const)('goes on when remembering fails (%s), and the page hears of no error', async (trackFails) => {
    const { shelf, sotto } = openPage('<sotto-shelf></sotto-shelf>', shop(resultOf('a')))
    await shows(shelf, 'a')
    sotto.trackFails = trackFails
    linkOf(cardsOf(shelf)[0]).click()
    await patiently(() => expect(location.hash).toBe('#/p/a'))
    await new Promise((resolve) => setTimeout(resolve))
    expect(rejections).toEqual([])
  })

  it('would be heard to reject', async () => {
    const stop = (event: Event) => {
      event.preventDefault()
      event.stopImmediatePropagation()
      rejections.push('heard')
    }
    window.addEventListener('unhandledrejection', stop, { capture: true, once: true })
    void Promise.reject(new Error('on purpose'))
    await patiently(() => expect(rejections).toEqual([expect.objectContaining({ message: 'on purpose' }), 'heard']))
    rejections.length = 0
  })
})
