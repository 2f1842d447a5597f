import { describe, expect, it } from 'vitest'
import { cardTexts } from '../../../src/element/card-texts'
import type { EventName } from '../../../src/shared/events'
import type { RecommendedItem } from '../../../src/shared/recommendation'

function result(event: EventName, kind: RecommendedItem['evidence']['kind'] = 'history', title = 'Oak desk'): RecommendedItem {
  const item = { id: 'a', title: 'Desk lamp', categories: ['Furniture', 'Lamps'], price: 20, currency: 'EUR' }
  return { id: 'a', score: 1, item, evidence: { kind, because: [{ itemId: 'b', title, event, share: 0.5 }], words: [], categories: [] } }
}
const ENGLISH = { locale: 'en', because: null }

describe('cardTexts', () => {
  it('takes the narrowest category, and as kind the brand before it', () => {
    expect(cardTexts(result('view_item'), ENGLISH)).toMatchObject({ category: 'Lamps', kind: 'Lamps', brand: undefined, price: '€20.00' })
    const branded = { ...result('view_item'), item: { ...result('view_item').item, brand: 'Lumo' } }
    expect(cardTexts(branded, ENGLISH).kind).toBe('Lumo')
  })

  it.each([
    ['view_item', 'Because you looked at Oak desk'],
    ['add_to_cart', 'Because you chose Oak desk'],
    ['purchase', 'Because you bought Oak desk'],
  ] as const)('says why after %s', (event, line) => {
    expect(cardTexts(result(event), ENGLISH).because).toBe(line)
  })

  it.each(['item', 'query', 'recent', 'popular'] as const)('gives no reason of evidence %s', (kind) => {
    expect(cardTexts(result('view_item', kind), ENGLISH).because).toBeUndefined()
  })

  it('follows the pattern of the site, and takes titles as they are', () => {
    const because = 'Weil Sie {title} sahen'
    expect(cardTexts(result('purchase'), { locale: 'de', because }).because).toBe('Weil Sie Oak desk sahen')
    expect(cardTexts(result('purchase', 'history', "$& $' {title}"), { locale: 'de', because }).because).toBe(
      "Weil Sie $& $' {title} sahen",
    )
    expect(cardTexts(result('purchase'), { locale: 'de', because: '' }).because).toBe('')
  })
})
