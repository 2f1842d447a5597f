import { createSotto } from 'sotto'
import { defineShelf } from 'sotto/element'
import { loadCatalogue } from './catalogue/catalogue'
import { createAnnouncer } from './dom/announce'
import { h } from './dom/element'
import { ModelChoice } from './models/model-choice'
import { openPage } from './pages/open-page'
import { createPanel } from './panel/create-panel'
import { type Answer, ConsentBanner } from './parts/consent-banner'
import { footer } from './parts/footer'
import { header } from './parts/header'
import { offlineNote } from './parts/offline-note'
import { searchField } from './parts/search-field'
import { addIconSheet } from './pictures/icon'
import { Cart } from './shop/cart'
import { keepChoice, readChoice } from './shop/consent-choice'
import { Faults } from './shop/faults'
import { Requests } from './shop/requests'
import { hrefOf } from './shop/route'
import { Router } from './shop/router'
import { applyScheme } from './shop/scheme'
import { Visitor } from './shop/visitor'
import { watchRequests } from './shop/watch-requests'
import { findCollectors } from './signals/find-collectors'
import './styles/index.css'

const at = (file: string) => new URL(file, document.baseURI)

applyScheme(localStorage)
const faults = new Faults()
const requests = new Requests(navigator.serviceWorker)
addIconSheet(document.body)

// The engine's first request must be seen too, so the watch begins before it; while consent is pending no engine is started anyway.
const [catalogue, collectors] = await Promise.all([
  loadCatalogue(at('products.json')),
  findCollectors(document.baseURI),
  watchRequests(navigator.serviceWorker, at('service-worker.js'), faults.add),
])
const sotto = await createSotto({
  catalog: at('catalog.pack'),
  consent: readChoice(localStorage, sessionStorage),
  namespace: 'quire',
  ...(collectors && { signals: collectors.collector }),
})
const models = new ModelChoice()
defineShelf(models.applyTo(sotto))

const cart = new Cart(catalogue, localStorage)
addEventListener('storage', ({ key }) => cart.hear(key))
const visitor = new Visitor(sotto, cart, faults)
const main = h('main', { id: 'main', tabindex: -1 })
const announce = createAnnouncer(document.body)

const choose = (answer: Answer) => {
  keepChoice(answer, localStorage, sessionStorage)
  banner.element.hidden = true
  sotto.setConsent(answer).then(() => {
    announce(SAID[answer])
    panel.redraw()
  }, faults.add)
}
const SAID = {
  granted: 'Thank you. It stays on this device.',
  session: 'Kept until you reload or leave.',
  denied: 'Nothing is remembered.',
} as const
const banner = new ConsentBanner(choose, collectors !== undefined)

const search = searchField(catalogue.products.length, (query, isFinal) => {
  const { page } = router
  const href = hrefOf({ kind: 'search', query })
  if (page?.search) {
    router.rename(href)
    page.search(query, isFinal)
  } else if (query !== '') router.go(href)
})
const router = new Router(main, (route, signal) => {
  search.set(route.kind === 'search' ? route.query : '')
  const shop = { catalogue, cart, sotto, visitor, announce, faults, collectors, signal }
  const page = openPage(route, shop, { catalog: at('catalog.pack'), go: (href) => router.go(href) })
  banner.dock(page.isAbout ? main : undefined)
  return page
})

const top = header({ catalogue, cart, search: search.element, openPanel: () => panel.open() })
const foot = footer(
  () => panel.open(),
  () => banner.open(true),
  collectors !== undefined,
)
const panel = createPanel({ sotto, catalogue, models, cart, requests, faults, choose, behind: [top, main, foot, banner.element] })

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-add]') : null
  const product = catalogue.find(button?.dataset.add ?? '')
  if (!product) return
  visitor.putsInCart(product, cart.quantityOf(product.id) + 1)
  announce(`${product.title} put into the cart`)
})

// The part behind # is the page here, so the skip link must not change it.
document.querySelector('.skip')?.addEventListener('click', (event) => {
  event.preventDefault()
  main.focus()
})

document.querySelector('#shop')?.replaceChildren(banner.element, offlineNote(), top, main, foot, panel.element)
router.show()
if (sotto.consent === 'pending') banner.open(false)
