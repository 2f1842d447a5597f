import type { ChangeEvent, Sotto } from '../api'
import type { SottoErrorCode } from '../shared/errors'
import type { Recommendation, RecommendedItem, Strategy } from '../shared/recommendation'
import { type Card, makeCard } from './card'
import { focusInside } from './focus-inside'
import type { ShelfDirectory } from './shelf-directory'
import { ShelfFrame } from './shelf-frame'
import { readRequest } from './shelf-request'
import { VisitorHand } from './visitor-hand'

/** Detail of `sotto-shelf:rendered`. `count` 0: there was nothing to recommend, the fallback is shown. */
export type ShelfRendered = { readonly strategy: Strategy; readonly count: number }
/** Detail of `sotto-shelf:failed`. */
export type ShelfFailed = { readonly code: SottoErrorCode }
/** Detail of `sotto-shelf:select`; `index` counts from 0. */
export type ShelfSelect = { readonly itemId: string; readonly index: number; readonly result: RecommendedItem }

// Long enough to take the events of one deed together (a purchase is several), short enough to be seen as its answer.
const CHANGE_DELAY_MS = 200

const NAMES: Readonly<Record<Strategy, string>> = {
  'for-you': 'Recommended for you',
  similar: 'Similar items',
  'bought-together': 'Bought together',
  cart: 'Goes with your cart',
  next: 'Next',
  'recently-viewed': 'Recently viewed',
  trending: 'Trending',
  new: 'New',
  search: 'Search results',
}

// A server has no elements and never builds one; the cast lets it import this file all the same.
const ElementBase = (globalThis.HTMLElement ?? Object) as typeof HTMLElement

/** Resolves when the page's own markup is complete: until then a template or a fallback may be half there. */
function whenParsed(): Promise<unknown> | undefined {
  if (document.readyState !== 'loading') return undefined
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }))
}

function revoke({ picture }: Card): void {
  if (picture) URL.revokeObjectURL(picture)
}

/** The code of a failure. By shape, not by class: the engine's bundle may bring an error class of its own. */
function codeOf(error: unknown): SottoErrorCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  // Sotto's API promises codes of this set; anything else is a defect.
  return typeof code === 'string' ? (code as SottoErrorCode) : 'internal'
}

/**
 * `<sotto-shelf>`: the site's own content until there are recommendations, and whenever there are none; else a list of cards.
 *
 * Asks when it is connected, when an attribute changes, on `refresh()`, and when Sotto tells of a change; the last waits until the
 * visitor's pointer and focus have left. Nothing it does throws into the page: failures are `sotto-shelf:failed` events.
 */
export class ShelfElement extends ElementBase {
  static readonly observedAttributes = [
    ...['namespace', 'strategy', 'slot-name', 'limit', 'item-id', 'query', 'exclude', 'label', 'because', 'min-height'],
    ...['filter-category', 'filter-brand', 'filter-min-price', 'filter-max-price'],
  ]
  readonly #directory: ShelfDirectory
  readonly #frame: ShelfFrame
  readonly #hand = new VisitorHand(this, () => this.#settle())
  #sotto: Sotto | undefined
  #offDirectory: (() => void) | undefined
  #offChange: (() => void) | undefined
  #isLive = false
  #isScheduled = false
  /** Something changed that the shown list does not know yet. */
  #isStale = false
  #isAsking = false
  /** Counts questions; an answer to any but the last is dropped. */
  #turn = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #cards = new Map<string, Card>()
  #template: HTMLTemplateElement | null = null
  /** The question that the shown list answers. */
  #answered = ''
  #warned = ''
  #recommendation: Recommendation | undefined

  constructor(directory: ShelfDirectory, sheet: CSSStyleSheet) {
    super()
    this.#directory = directory
    this.#frame = new ShelfFrame(this, sheet)
  }

  /** What the shown list was made from; `undefined` while the fallback is shown. */
  get recommendation(): Recommendation | undefined {
    return this.#recommendation
  }

  /** Asks again and shows the answer at once, even under the visitor's hand. Never rejects; resolves when the answer is in. */
  refresh(): Promise<void> {
    return this.#ask(true)
  }

  connectedCallback(): void {
    if (this.#isLive) return
    this.#isLive = true
    this.#frame.applyMinHeight()
    this.#offDirectory = this.#directory.watch(() => this.#join())
    this.#join()
  }

  disconnectedCallback(): void {
    // Moving an element takes it out and puts it back in one go: that is no reason to begin anew.
    queueMicrotask(() => {
      if (this.isConnected || !this.#isLive) return
      this.#isLive = false
      this.#offDirectory?.()
      this.#offChange?.()
      this.#sotto = undefined
      // It is never told that the pointer left.
      this.#hand.isOver = false
      this.#showFallback()
    })
  }

  attributeChangedCallback(name: string): void {
    if (!this.#isLive) return
    if (name === 'min-height') this.#frame.applyMinHeight()
    if (name === 'min-height' || this.#isScheduled) return
    this.#isScheduled = true
    queueMicrotask(() => {
      this.#isScheduled = false
      if (this.#isLive && !this.#join()) void this.#ask(true)
    })
  }

  /** Turns to the Sotto of its namespace. @returns whether that is another than before, and was asked. */
  #join(): boolean {
    const sotto = this.#directory.find(this.getAttribute('namespace'))
    if (sotto === this.#sotto) return false
    this.#offChange?.()
    this.#sotto = sotto
    this.#showFallback()
    this.#offChange = sotto?.on('change', (change) => this.#changed(change))
    void this.#ask(false)
    return true
  }

  #changed({ kind }: ChangeEvent): void {
    switch (kind) {
      case 'forgotten':
        // What resembles an item or a text, or is the same for everybody, says nothing of the visitor.
        if (/^(similar|search|bought-together|trending|new)$/.test(this.getAttribute('strategy') ?? '')) return
        // At once, whatever the hand does, and without asking again: until something new happens there is nothing to say.
        this.#showFallback()
        return
      case 'consent':
        if (this.#sotto?.consent !== 'granted' && this.#sotto?.consent !== 'session') this.#showFallback()
        break
      case 'history':
      case 'catalog':
        break
      case 'compute':
      case 'worker':
        return
      default:
        kind satisfies never
    }
    this.#isStale = true
    this.#settle()
  }

  get #isHeld(): boolean {
    // The first list may appear under a resting pointer; it may never take the focus away.
    return focusInside(this) !== null || (this.#hand.isOver && this.#frame.isShowingList)
  }

  #settle(): void {
    if (!this.#isStale || this.#isAsking || this.#timer !== undefined || this.#isHeld) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      if (this.#isStale && !this.#isAsking && !this.#isHeld) void this.#ask(false)
    }, CHANGE_DELAY_MS)
  }

  async #ask(isForced: boolean): Promise<void> {
    const sotto = this.#sotto
    if (!sotto) return
    const turn = ++this.#turn
    const request = readRequest(this)
    const question = JSON.stringify(request)
    this.#isStale = false
    this.#isAsking = true
    this.#frame.setBusy(question !== this.#answered)
    try {
      await whenParsed()
      const recommendation = await sotto.recommend(request)
      if (turn !== this.#turn) return
      if (!isForced && this.#isHeld) this.#isStale = true
      else this.#show(recommendation, question)
    } catch (error) {
      if (turn === this.#turn) this.#fail(error, question)
    } finally {
      if (turn === this.#turn) {
        this.#isAsking = false
        this.#frame.setBusy(false)
        this.#settle()
      }
    }
  }

  #show(recommendation: Recommendation, question: string): void {
    const { items, strategy } = recommendation
    if (items.length) this.#showCards(recommendation)
    else this.#dropCards()
    this.#answered = items.length ? question : ''
    this.#emit('rendered', { strategy, count: items.length } satisfies ShelfRendered)
  }

  #showCards(recommendation: Recommendation): void {
    const template = this.querySelector<HTMLTemplateElement>(':scope > template')
    const old = template === this.#template ? this.#cards : new Map<string, Card>()
    const wording = {
      locale: this.closest<HTMLElement>('[lang]')?.lang ?? document.documentElement.lang,
      because: this.getAttribute('because'),
    }
    const cards = new Map<string, Card>()
    for (const result of recommendation.items) {
      const select = (node: HTMLLIElement, event: Event) => this.#select(result, node, event)
      cards.set(result.id, makeCard(result, { template, wording, select }, old.get(result.id)))
    }
    const name = NAMES[recommendation.strategy]
    const nodes = [...cards.values()].map(({ node }) => node)
    this.#frame.showList(nodes, this.getAttribute('label'), name, template !== null)
    for (const [id, card] of this.#cards) if (cards.get(id) !== card) revoke(card)
    this.#cards = cards
    this.#template = template
    this.#recommendation = recommendation
  }

  #fail(error: unknown, question: string): void {
    const code = codeOf(error)
    // A list that still answers the question outlives a hiccup of the engine; it does not outlive the consent it was made under.
    if (question !== this.#answered || code.startsWith('consent')) this.#dropCards()
    this.#warn(code, error)
    this.#emit('failed', { code } satisfies ShelfFailed)
  }

  /** Tells the page's author, once, what only they can mend. Missing consent is the visitor's choice; messages hold nothing of the visitor. */
  #warn(code: string, error: unknown): void {
    const isExpected = code.startsWith('consent') || code === 'closed'
    if (isExpected || !(error instanceof Error) || error.message === this.#warned) return
    this.#warned = error.message
    console.warn(`<${this.localName} slot-name="${this.getAttribute('slot-name') ?? 'default'}">: ${error.message}`)
  }

  #dropCards(): void {
    this.#frame.showFallback()
    for (const card of this.#cards.values()) revoke(card)
    this.#cards.clear()
    this.#recommendation = undefined
    this.#answered = ''
  }

  /** Back to the site's own content, and whatever is under way no longer counts. */
  #showFallback(): void {
    this.#turn++
    this.#isStale = false
    this.#isAsking = false
    this.#frame.setBusy(false)
    this.#dropCards()
  }

  #select(result: RecommendedItem, node: HTMLLIElement, event: Event): void {
    const { id } = result
    const index = this.#frame.indexOf(node)
    const list = this.getAttribute('slot-name')?.trim() || 'default'
    try {
      const done = this.#sotto?.track('select_item', { item_list_id: list, items: [{ item_id: id, index }] })
      done?.catch(() => {}) // the history counts what it could not keep; the page has nothing to do about it
    } catch (error) {
      this.#emit('failed', { code: codeOf(error) } satisfies ShelfFailed)
    }
    const isAllowed = this.#emit('select', { itemId: id, index, result } satisfies ShelfSelect)
    if (!isAllowed) event.preventDefault()
  }

  #emit(type: 'rendered' | 'failed' | 'select', detail: ShelfRendered | ShelfFailed | ShelfSelect): boolean {
    const event = new CustomEvent(`sotto-shelf:${type}`, { detail, bubbles: true, composed: true, cancelable: type === 'select' })
    return this.dispatchEvent(event)
  }
}
