import { describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { FakeSotto, resultOf } from './shelf-fake-sotto'
import { cardsOf, openPage, pause, shows } from './shelf-page'

const AFTER = '<div id="after">after</div>'
const afterTop = () => document.getElementById('after')!.getBoundingClientRect().top

/** A fake with so many results. */
function shop(count: number): FakeSotto {
  const sotto = new FakeSotto()
  sotto.results = Array.from({ length: count }, (_, index) => resultOf(`i${index}`))
  return sotto
}

/** The score of all layout shifts while `action` ran; the observer delivers before the second frame after it. */
async function shiftsDuring(action: () => Promise<void>): Promise<number> {
  let total = 0
  const observer = new PerformanceObserver((list) => {
    // The only entries asked for; TypeScript does not know their type.
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) total += entry.value
  })
  observer.observe({ type: 'layout-shift' })
  await action()
  await pause()
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
  observer.disconnect()
  return total
}

describe('the layout', () => {
  it.each(['<div style="height: 700px">Popular now</div>', '<h2>Popular</h2><ul style="height: 650px"><li>One</li></ul>'])(
    'does not shift when results replace %s',
    async (fallback) => {
      const { shelf, sotto } = openPage(`<p>before</p><sotto-shelf>${fallback}</sotto-shelf>${AFTER}`, shop(0))
      await pause()
      const top = afterTop()
      const score = await shiftsDuring(async () => {
        sotto.results = shop(2).results
        await shelf.refresh()
      })
      expect(cardsOf(shelf)).toHaveLength(2)
      expect(afterTop()).toBeCloseTo(top, 1)
      expect(score).toBe(0)
    },
  )

  it('leaves what stands right below the shelf to be clicked, and the cards too', async () => {
    const { shelf } = openPage('<sotto-shelf></sotto-shelf><button id="after" style="width: 100%">after</button>', shop(3))
    await shows(shelf, 'i0', 'i1', 'i2')
    const { left, top, width } = document.getElementById('after')!.getBoundingClientRect()
    for (const share of [0.05, 0.5, 0.95]) expect(document.elementFromPoint(left + share * width, top + 4)?.id).toBe('after')
    const card = cardsOf(shelf)[0]!.getBoundingClientRect()
    expect(document.elementFromPoint(card.left + card.width / 2, card.top + card.width / 2)).toBe(shelf)
  })

  it('would be seen to shift', async () => {
    const { shelf } = openPage(`<sotto-shelf>Popular now</sotto-shelf>${AFTER}`, shop(0))
    await pause()
    const score = await shiftsDuring(async () => {
      shelf.before(document.createElement('hr'))
      shelf.previousElementSibling!.setAttribute('style', 'height: 300px')
    })
    expect(score).toBeGreaterThan(0)
  })

  it('does not shift when the element wakes up', async () => {
    // The one rule that a site needs: browsers take unknown elements for inline ones.
    document.body.innerHTML = `<style>not-yet-defined { display: block }</style><p>before</p><not-yet-defined><p>Popular</p><ul><li>One</li></ul></not-yet-defined>${AFTER}`
    const top = afterTop()
    const sotto = shop(1)
    sotto.failure = 'worker-failed'
    openPage(`<p>before</p><sotto-shelf><p>Popular</p><ul><li>One</li></ul></sotto-shelf>${AFTER}`, sotto)
    await pause()
    expect(afterTop()).toBeCloseTo(top, 1)
  })

  it('keeps the height that the site asks for', async () => {
    const { shelf } = openPage(`<sotto-shelf min-height="900"></sotto-shelf>${AFTER}`, shop(1))
    expect(shelf.offsetHeight).toBe(900)
    await shows(shelf, 'i0')
    expect(shelf.offsetHeight).toBe(900)
    shelf.removeAttribute('min-height')
    expect(shelf.offsetHeight).toBeLessThan(900)
    shelf.style.setProperty('--sotto-shelf-min-height', '800px')
    expect(shelf.offsetHeight).toBe(800)
  })

  it('gives the reserve up in a window of another width, and when the fallback is back', async () => {
    await page.viewport(1300, 900)
    const { shelf, sotto } = openPage('<sotto-shelf style="width: 400px"><p>Popular</p></sotto-shelf>', shop(0))
    const short = shelf.offsetHeight
    shelf.querySelector('p')!.style.height = '1500px'
    sotto.results = shop(1).results
    await shelf.refresh()
    expect(shelf.offsetHeight).toBe(1500)
    await page.viewport(800, 900)
    expect(shelf.offsetHeight).toBeLessThan(1000)
    sotto.change('forgotten')
    shelf.querySelector('p')!.style.height = ''
    expect(shelf.offsetHeight).toBe(short)
  })

  it.each([
    [240, 8, 1],
    [320, 8, 2],
    [500, 3, 3],
    [700, 8, 4],
    [1000, 5, 5],
    [1200, 6, 6],
    [1200, 8, 4],
  ])('at %i px shows %i cards in %i columns, and nothing sticks out', async (width, count, columns) => {
    await page.viewport(1300, 900)
    for (const template of ['', '<template><p data-sotto-text="title"></p></template>']) {
      const markup = `<sotto-shelf style="width: ${width}px" limit="${count}">${template}</sotto-shelf>`
      const { shelf } = openPage(markup, shop(count))
      await shows(shelf, ...shop(count).results.map(({ id }) => id))
      const lefts = new Set(cardsOf(shelf).map((card) => Math.round(card.getBoundingClientRect().left)))
      expect(lefts.size).toBe(columns)
      expect(shelf.scrollWidth).toBe(width)
    }
  })

  it('fills a shelf that the site lays out as a grid of its own, or as a flexible item', async () => {
    const { shelf } = openPage(
      '<div style="display: flex; width: 900px"><sotto-shelf style="flex: 1; display: grid; grid-template-columns: repeat(3, 1fr)"><p>1</p><p>2</p><p>3</p></sotto-shelf></div>',
      shop(0),
    )
    await pause()
    const tops = [...shelf.querySelectorAll('p')].map((card) => card.getBoundingClientRect().top)
    expect(new Set(tops).size).toBe(1)
    const filled = openPage(
      '<div style="display: flex; width: 900px"><sotto-shelf style="flex: 1; display: grid; grid-template-columns: repeat(3, 1fr)"></sotto-shelf></div>',
      shop(4),
    )
    await shows(filled.shelf, 'i0', 'i1', 'i2', 'i3')
    expect(filled.shelf.shadowRoot!.querySelector('ul')!.offsetWidth).toBe(900)
  })

  it('clamps long titles to two lines without a higher card, and aligns prices', async () => {
    const sotto = new FakeSotto()
    const long = resultOf('long', { title: 'A very long title that would take many lines in a narrow card '.repeat(5) })
    const bare = resultOf('bare', { title: 'Short', categories: [] })
    sotto.results = [long, bare]
    const { shelf } = openPage('<sotto-shelf style="width: 320px"></sotto-shelf>', sotto)
    await shows(shelf, 'long', 'bare')
    const [first, second] = cardsOf(shelf).map((card) => ({
      card: card.getBoundingClientRect(),
      title: card.querySelector('[part=title]')!.getBoundingClientRect(),
      price: card.querySelector('[part=price]')!.getBoundingClientRect(),
    }))
    expect(first!.card.height).toBe(second!.card.height)
    expect(first!.title.height).toBe(second!.title.height)
    expect(first!.title.top).toBe(second!.title.top)
    expect(first!.price.top).toBe(second!.price.top)
  })
})
