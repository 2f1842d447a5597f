import type { Sotto } from 'sotto'
import type { Catalogue } from '../catalogue/catalogue'
import type { Announce } from '../dom/announce'
import type { Collectors } from '../signals/find-collectors'
import type { Cart } from './cart'
import type { Faults } from './faults'
import type { Visitor } from './visitor'

/** What every page is handed. */
export type Shop = {
  readonly catalogue: Catalogue
  readonly cart: Cart
  readonly sotto: Sotto
  readonly visitor: Visitor
  readonly announce: Announce
  readonly faults: Faults
  /** Those that run beside the shop, if any do. */
  readonly collectors: Collectors | undefined
  /** Aborted when the page is left: listeners of a page end with it. */
  readonly signal: AbortSignal
}

/** A page as the router shows it. */
export type Page = {
  /** Stands in the tab. */
  readonly title: string
  readonly element: HTMLElement
  /** Which part of the navigation is marked as current. */
  readonly section?: string
  /** Whether the page is about the shop, not of it: nothing may cover its charts. */
  readonly isAbout?: boolean
  /** Search results only: shows those of another query without opening the page anew; `isFinal` after Enter. */
  readonly search?: (query: string, isFinal: boolean) => void
  /** Called once the element is in the document. */
  readonly arrive?: () => void
}
