import type { CleanEvent } from './clean'

/**
 * What makes two events the same thing done twice: name, transaction, search term, promotion, list, rating, and the items with variant
 * and quantity. Names, prices and values are left out: two tags on one page often disagree about them.
 *
 * @returns 64 bits of a hash in base 36: a list of 200 items must not fill the checkpoint. That two different events of one second agree
 *   by chance is out of the question in practice (2⁻⁶⁴ a pair).
 */
export function signature(event: CleanEvent): string {
  const parts: unknown[] = [
    event.name,
    event.transaction_id,
    event.search_term,
    event.promotion_id,
    event.creative_slot,
    event.item_list_id,
    event.rating,
  ]
  for (const item of event.items ?? []) parts.push(item.item_id, item.item_variant, item.quantity)
  return hash(parts.join('\0'))
}

/** Two FNV-1a hashes of 32 bits, the second from another start and fed with the first, over UTF-16 units (Fowler, Noll and Vo). */
function hash(text: string): string {
  const prime = 0x01000193
  let first = 0x811c9dc5
  let second = 0x7ee3623b
  for (let index = 0; index < text.length; index++) {
    first = Math.imul(first ^ text.charCodeAt(index), prime)
    second = Math.imul(second ^ first ^ (first >>> 15), prime)
  }
  return (first >>> 0).toString(36) + (second >>> 0).toString(36).padStart(7, '0')
}
