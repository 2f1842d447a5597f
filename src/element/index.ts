import type { Sotto } from '../api'
import { SottoError } from '../shared/errors'
import { ShelfDirectory } from './shelf-directory'
import { ShelfElement, type ShelfFailed, type ShelfRendered, type ShelfSelect } from './shelf-element'
import { SHELF_CSS } from './shelf-styles'

export type { ShelfElement, ShelfFailed, ShelfRendered, ShelfSelect }

declare global {
  interface HTMLElementTagNameMap {
    'sotto-shelf': ShelfElement
  }
  interface HTMLElementEventMap {
    'sotto-shelf:rendered': CustomEvent<ShelfRendered>
    'sotto-shelf:failed': CustomEvent<ShelfFailed>
    'sotto-shelf:select': CustomEvent<ShelfSelect>
  }
}

// Registered symbol: two copies of this file on one page (script tag and package) find each other's elements.
const DIRECTORY = Symbol.for('sotto-shelf/1')

/** The directory of an element made below; `undefined` for everybody else's. */
function directoryOf(element: CustomElementConstructor): ShelfDirectory | undefined {
  // Only classes made below carry this symbol, and they carry a directory.
  return (element as { [DIRECTORY]?: ShelfDirectory })[DIRECTORY]
}

function defineElement(tagName: string): ShelfDirectory {
  const directory = new ShelfDirectory()
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(SHELF_CSS)
  // A class of its own for each tag, as the browser demands.
  class Shelf extends ShelfElement {
    static readonly [DIRECTORY] = directory
    constructor() {
      super(directory, sheet)
    }
  }
  customElements.define(tagName, Shelf)
  return directory
}

/**
 * Makes shelves work: `<sotto-shelf strategy="for-you" limit="8">…shown until then…</sotto-shelf>`.
 *
 * Defines the element the first time. Called again for the same tag it adds one more Sotto: a shelf uses the one whose namespace its
 * attribute `namespace` names, or, without it, the one of the namespace that came first; of the same namespace the latest counts, and
 * shelves already on the page turn to it. On a server, where there are no elements, it does nothing.
 *
 * | attribute | |
 * |---|---|
 * | `strategy` | default `for-you` |
 * | `slot-name` | where the shelf stands, for measurement; default `default` |
 * | `limit`, `item-id`, `query`, `exclude` | as in `recommend`; `exclude` is a list of ids with commas |
 * | `filter-category`, `filter-brand`, `filter-min-price`, `filter-max-price` | keep only such items |
 * | `label` | visible heading; without it the region has an English name for screen readers |
 * | `because` | pattern of the reason on a card, e.g. `Weil Sie {title} angesehen haben`; empty: no reason |
 * | `min-height` | pixels kept free from the start; like the custom property `--sotto-shelf-min-height` |
 * | `namespace` | which Sotto |
 *
 * A site's style sheet should say `sotto-shelf { display: block }`, because until this is called browsers take the element for an inline
 * one. Pictures from a catalog pack need `img-src blob:` in a Content-Security-Policy; nothing else needs more than `'self'`.
 *
 * A `<template>` child gives the card its markup: see `bindTemplate`. Events, all bubbling: `sotto-shelf:rendered`, `sotto-shelf:failed`,
 * `sotto-shelf:select` (preventing it keeps the browser from following the link, for routers).
 *
 * @throws SottoError `invalid-argument` if `tagName` is no name for an element, or is taken by an element of somebody else.
 * @example
 * defineShelf(await createSotto({ catalog: '/catalog.pack' }))
 */
export function defineShelf(sotto: Sotto, tagName = 'sotto-shelf'): void {
  if (!globalThis.customElements) return
  const known = customElements.get(tagName)
  let directory: ShelfDirectory | undefined
  let cause: unknown
  try {
    directory = known ? directoryOf(known) : defineElement(tagName)
  } catch (error) {
    cause = error
  }
  if (!directory) {
    const message = `tagName is "${tagName}"; expected a name with a hyphen that no other element has, e.g. sotto-shelf`
    throw new SottoError('invalid-argument', message, { tagName }, { cause })
  }
  directory.add(sotto)
}
