import { createSotto, type Sotto } from 'sotto'
import { defineShelf } from 'sotto/element'

declare global {
  interface Window {
    sotto: Sotto
  }
}

const sotto = await createSotto({ catalog: 'catalog.json', consent: 'granted' })
defineShelf(sotto)
window.sotto = sotto
