import { createSotto, type Sotto } from 'sotto'
import { defineShelf } from 'sotto/element'

declare global {
  interface Window {
    sotto: Sotto
  }
  interface ImportMeta {
    readonly env?: { readonly WORKER_SRC?: string }
  }
}

// Set by the build (esbuild's `define`) where the worker does not lie beside the bundle.
const workerSrc = import.meta.env?.WORKER_SRC

const sotto = await createSotto({ catalog: 'catalog.json', consent: 'granted', ...(workerSrc && { workerSrc }) })
defineShelf(sotto)
window.sotto = sotto
