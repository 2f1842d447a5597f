import { expect } from 'vitest'
import type { ShelfElement } from '../../src/element'
import { defineShelf } from '../../src/element'
import { patiently } from '../support/patiently'
import { FakeSotto } from './shelf-fake-sotto'

/** A 1×1 PNG. */
export const PNG = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (char) => char.charCodeAt(0),
)

/**
 * Puts markup on the page whose shelves (written `<sotto-shelf>`) belong to a fresh tag and a fresh fake, so that tests share nothing.
 */
export function openPage(markup: string, sotto = new FakeSotto()) {
  const tag = `shelf-${crypto.randomUUID()}`
  document.body.innerHTML = markup.replaceAll('sotto-shelf', tag)
  defineShelf(sotto.sotto, tag)
  // Just defined as this class.
  const shelf = document.querySelector(tag) as ShelfElement
  return { shelf, sotto, tag }
}

/** The shown cards, wherever they stand. */
export function cardsOf(shelf: ShelfElement): HTMLLIElement[] {
  const inShadow = shelf.shadowRoot!.querySelectorAll('li')
  return [...(inShadow.length ? inShadow : shelf.querySelectorAll<HTMLLIElement>(':scope > ul > li'))]
}

export function linkOf(card: HTMLLIElement | undefined): HTMLAnchorElement {
  return card!.querySelector<HTMLAnchorElement>('a[data-sotto-href]')!
}

/** Ids of the shown cards, in order. */
export function shownIds(shelf: ShelfElement): (string | undefined)[] {
  return cardsOf(shelf).map((card) => card.dataset.sottoItem)
}

export async function shows(shelf: ShelfElement, ...ids: string[]): Promise<void> {
  await patiently(() => expect(shownIds(shelf)).toEqual(ids))
}

/** Collects a shelf's events, as a page would hear them. */
export function listen(type: 'rendered' | 'failed' | 'select'): unknown[] {
  const details: unknown[] = []
  const hear = (event: Event) => {
    // Only shelves send events of this name, and theirs carry a detail.
    details.push((event as CustomEvent<unknown>).detail)
  }
  document.addEventListener(`sotto-shelf:${type}`, hear)
  return details
}

/** Waits long enough for a refresh that a change has brought about. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 450))
}
