import { describe, expect, it, vi } from 'vitest'
import type { SottoErrorCode } from '../../src/shared/errors'
import { patiently } from '../support/patiently'
import { FakeSotto, resultOf } from './shelf-fake-sotto'
import { listen, openPage, pause, shownIds, shows } from './shelf-page'

const PAGE = '<sotto-shelf><p id="fallback">Popular now</p></sotto-shelf>'
const isVisible = () => document.getElementById('fallback')?.checkVisibility()

describe('the fallback', () => {
  it('stays until results come, and is kept when they do', async () => {
    const sotto = new FakeSotto()
    sotto.results = [resultOf('a')]
    let open = () => {}
    sotto.gate = new Promise((resolve) => {
      open = resolve
    })
    const { shelf } = openPage(PAGE, sotto)
    await patiently(() => expect(sotto.requests).toHaveLength(1))
    expect(isVisible()).toBe(true)
    expect(shelf.shadowRoot?.querySelector('[aria-busy=true]')).not.toBeNull()
    open()
    await shows(shelf, 'a')
    expect(isVisible()).toBe(false)
    expect(shelf.querySelector('#fallback')).not.toBeNull()
    expect(shelf.shadowRoot?.querySelector('[aria-busy]')).toBeNull()
  })

  it.each<SottoErrorCode>(['consent-pending', 'consent-denied', 'catalog-failed', 'worker-failed', 'deadline'])(
    'stays for ever after %s',
    async (code) => {
      const failed = listen('failed')
      const sotto = new FakeSotto()
      sotto.failure = code
      const { shelf } = openPage(PAGE, sotto)
      await patiently(() => expect(failed).toEqual([{ code }]))
      expect(isVisible()).toBe(true)
      expect(shelf.recommendation).toBeUndefined()
      expect(shelf.shadowRoot?.querySelector('[aria-busy]')).toBeNull()
    },
  )

  it('stays for an empty list', async () => {
    const rendered = listen('rendered')
    const { shelf } = openPage(PAGE)
    await patiently(() => expect(rendered).toEqual([{ strategy: 'for-you', count: 0 }]))
    expect(isVisible()).toBe(true)
    expect(shelf.recommendation).toBeUndefined()
  })

  it('gives way when consent comes, and comes back when it is withdrawn', async () => {
    const sotto = new FakeSotto()
    sotto.results = [resultOf('a')]
    sotto.setConsent('pending')
    const { shelf } = openPage(PAGE, sotto)
    await pause()
    expect(isVisible()).toBe(true)
    sotto.setConsent('granted')
    await shows(shelf, 'a')
    sotto.setConsent('denied')
    expect(isVisible()).toBe(true)
    expect(shownIds(shelf)).toEqual([])
    expect(shelf.recommendation).toBeUndefined()
    sotto.setConsent('session')
    await shows(shelf, 'a')
  })

  it('comes back at once when all is forgotten, even under the pointer, until something new happens', async () => {
    const sotto = new FakeSotto()
    sotto.results = [resultOf('a')]
    const { shelf } = openPage(PAGE, sotto)
    await shows(shelf, 'a')
    shelf.dispatchEvent(new PointerEvent('pointerover'))
    sotto.change('forgotten')
    expect(isVisible()).toBe(true)
    await pause()
    expect(isVisible()).toBe(true)
    expect(sotto.requests).toHaveLength(1)
    sotto.change('history')
    await shows(shelf, 'a')
  })

  it.each(['similar', 'bought-together', 'search', 'trending', 'new'])(
    'stays away where the shelf says nothing of the visitor: %s',
    async (strategy) => {
      const sotto = new FakeSotto()
      sotto.results = [resultOf('a')]
      const { shelf } = openPage(PAGE.replace('<sotto-shelf', `<sotto-shelf strategy="${strategy}" item-id="x" query="x"`), sotto)
      await shows(shelf, 'a')
      sotto.change('forgotten')
      await pause()
      expect(shownIds(shelf)).toEqual(['a'])
    },
  )

  it('does not let an answer through that was asked before all was forgotten', async () => {
    const sotto = new FakeSotto()
    sotto.results = [resultOf('a')]
    let open = () => {}
    sotto.gate = new Promise((resolve) => {
      open = resolve
    })
    const { shelf } = openPage(PAGE, sotto)
    await patiently(() => expect(sotto.requests).toHaveLength(1))
    sotto.change('forgotten')
    open()
    await pause()
    expect(isVisible()).toBe(true)
    expect(shelf.recommendation).toBeUndefined()
  })

  it('does not come back for a hiccup while the list still answers the question', async () => {
    const sotto = new FakeSotto()
    sotto.results = [resultOf('a')]
    const { shelf } = openPage(PAGE, sotto)
    await shows(shelf, 'a')
    const failed = listen('failed')
    sotto.failure = 'deadline'
    await shelf.refresh()
    expect(failed).toEqual([{ code: 'deadline' }])
    await shows(shelf, 'a')
    shelf.setAttribute('strategy', 'search')
    await patiently(() => expect(isVisible()).toBe(true))
  })

  it('names a wrong attribute on the console', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const sotto = new FakeSotto()
    sotto.failure = 'invalid-argument'
    openPage(PAGE, sotto)
    await patiently(() => expect(warn).toHaveBeenCalledWith(expect.stringContaining('told to fail')))
    expect(isVisible()).toBe(true)
    warn.mockRestore()
  })
})
