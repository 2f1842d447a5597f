import type { Item } from '../../src/shared/items'
import type { ItemText } from '../learn/learner'

/** What content models read of an item: brand, categories, tags and the values of its attributes that are words. */
export function itemText({ title, description, brand, categories, tags = [], attributes = {} }: Item): ItemText {
  const values = Object.values(attributes).filter((value) => typeof value === 'string')
  const all = [...(brand ? [brand] : []), ...categories, ...tags, ...values]
  return { title, attributes: [...new Set(all)], ...(description !== undefined && { description }) }
}
