import { debounce } from '../dom/debounce'
import { h } from '../dom/element'
import { icon } from '../pictures/icon'

const PAUSE_MS = 180 // about the pause between two words typed

/** The search field of the header. */
export type SearchField = {
  readonly element: HTMLElement
  /** Shows a query that came from elsewhere, e.g. the address. */
  readonly set: (query: string) => void
}

/**
 * @param count how many products there are to search.
 * @param search called while typing, after a short pause (`isFinal` false), and at once on Enter (`isFinal` true).
 */
export function searchField(count: number, search: (query: string, isFinal: boolean) => void): SearchField {
  const input = h('input', {
    type: 'search',
    id: 'search',
    name: 'q',
    placeholder: `Search ${count.toLocaleString('en')} products`,
    autocomplete: 'off',
    maxlength: 200,
  })
  const whileTyping = debounce(() => search(input.value.trim(), false), PAUSE_MS)
  input.addEventListener('input', whileTyping)
  const form = h(
    'form',
    { class: 'search', role: 'search' },
    h('label', { class: 'visually-hidden', for: 'search' }, 'Search the shop'),
    icon('search'),
    input,
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    search(input.value.trim(), true)
  })
  const set = (query: string) => {
    if (document.activeElement !== input) input.value = query
  }
  return { element: form, set }
}
