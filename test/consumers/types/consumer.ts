import { createSotto, type Recommendation, type Sotto, SottoError, type StoredEvent, VERSION } from 'sotto'
import { defineShelf, type ShelfElement } from 'sotto/element'

const sotto: Sotto = await createSotto({ catalog: '/catalog.pack', consent: 'granted', worker: () => new Worker('/worker.js') })
defineShelf(sotto)
const receipt = await sotto.track('view_item', { items: [{ item_id: 'sku-1', price: 3 }] })
const outcome: 'stored' | 'memory' | 'held' | 'dropped' = receipt.outcome
const shelf: Recommendation = await sotto.recommend({ strategy: 'for-you', limit: 8 })
const events: readonly StoredEvent[] = await sotto.history({ type: 'purchase' })
const stop: () => void = sotto.on('change', ({ kind }) => console.log(kind satisfies string))
const element: ShelfElement | null = document.querySelector('sotto-shelf')
element?.addEventListener('sotto-shelf:select', ({ detail }) => console.log(detail.itemId.length, detail.index.toFixed()))

// What must not compile.
// @ts-expect-error: no such event
void sotto.track('view_itm')
// @ts-expect-error: an item has an id
void sotto.track('view_item', { items: [{ price: 3 }] })
// @ts-expect-error: no such strategy
void sotto.recommend({ strategy: 'best' })
// @ts-expect-error: results are read-only
shelf.items.push(shelf.items[0])

try {
  await sotto.explain('sku-1')
} catch (error) {
  if (error instanceof SottoError && error.code === 'unknown-item') stop()
}
console.log(outcome, events.length, element?.recommendation?.items[0]?.evidence.because[0]?.share, VERSION)
