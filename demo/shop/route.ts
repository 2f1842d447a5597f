/** Every page of the shop. */
export type Route =
  | { readonly kind: 'home' }
  | { readonly kind: 'category'; readonly category: string; readonly subCategory: string | undefined }
  | { readonly kind: 'product'; readonly id: string }
  | { readonly kind: 'search'; readonly query: string }
  | { readonly kind: 'cart' }
  | { readonly kind: 'checkout' }
  | { readonly kind: 'thanks'; readonly order: string }
  | { readonly kind: 'personas' }
  | { readonly kind: 'quality' }
  | { readonly kind: 'signals' }
  | { readonly kind: 'missing' }

/**
 * Reads the page from the part of the address behind `#`. That part never reaches a server, so neither does what is looked at,
 * and a reload works on any static host.
 */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?')
  const [page = '', first, second, ...more] = path.split('/').filter(Boolean).map(decode)
  if (more.length > 0) return { kind: 'missing' }
  if (page === '') return { kind: 'home' }
  if (page === 'c' && first) return { kind: 'category', category: first, subCategory: second }
  if (page === 'p' && first && !second) return { kind: 'product', id: first }
  if (page === 'thanks' && first && !second) return { kind: 'thanks', order: first }
  if (first) return { kind: 'missing' }
  switch (page) {
    case 'search':
      return { kind: 'search', query: new URLSearchParams(query).get('q') ?? '' }
    case 'cart':
    case 'checkout':
    case 'personas':
    case 'quality':
    case 'signals':
      return { kind: page }
    default:
      return { kind: 'missing' }
  }
}

/** The address of a page, with its `#`. */
export function hrefOf(route: Exclude<Route, { kind: 'missing' }>): string {
  switch (route.kind) {
    case 'home':
      return '#/'
    case 'category':
      return ['#/c', slug(route.category), ...(route.subCategory === undefined ? [] : [slug(route.subCategory)])].join('/')
    case 'product':
      return `#/p/${encodeURIComponent(route.id)}`
    case 'search':
      return `#/search?${new URLSearchParams({ q: route.query })}`
    case 'thanks':
      return `#/thanks/${encodeURIComponent(route.order)}`
    case 'cart':
    case 'checkout':
    case 'personas':
    case 'quality':
    case 'signals':
      return `#/${route.kind}`
    default:
      return route satisfies never
  }
}

/** A name as it stands in an address: `Office Supplies` is `office-supplies`. */
export function slug(name: string): string {
  return encodeURIComponent(name.toLowerCase().replace(/\s+/g, '-'))
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part // a stray % in a hand-typed address: no page has it, the router says so
  }
}
