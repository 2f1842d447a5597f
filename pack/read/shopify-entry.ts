import { isRecord } from '../../worker/text/is-record'

/** Whether an entry is a product as Shopify's `products.json` lists them. */
export function isShopifyProduct(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return isRecord(entry) && Array.isArray(entry.variants) && ('handle' in entry || 'body_html' in entry)
}

/**
 * An entry of a catalog, made of a Shopify product: one item a product, at the price of its cheapest variant, available while one of them is,
 * found at `/products/` and its handle. Its options become attributes.
 */
export function shopifyEntry(product: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const variants = records(product.variants)
  const prices = variants.map(({ price }) => Number(price)).filter((price) => price >= 0)
  const known = variants.filter(({ available }) => typeof available === 'boolean')
  const [image] = records(product.images)
  const options = records(product.options).filter(({ name }) => typeof name === 'string' && name !== 'Title')
  return {
    id: product.id,
    title: product.title,
    description: typeof product.body_html === 'string' ? plainText(product.body_html) : undefined,
    brand: product.vendor,
    categories: product.product_type || undefined,
    tags: product.tags,
    price: prices.length > 0 ? Math.min(...prices) : undefined,
    available: known.length > 0 ? known.some(({ available }) => available) : undefined,
    image: image?.src,
    url: typeof product.handle === 'string' ? `/products/${encodeURIComponent(product.handle)}` : undefined,
    published: product.published_at,
    attributes: Object.fromEntries(options.map(({ name, values }) => [name, Array.isArray(values) ? values.join(', ') : ''])),
  }
}

function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" }

/** What a reader would see of markup: no more than a description needs. */
function plainText(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => ENTITIES[name]!)
    .replace(/\s+/g, ' ')
    .trim()
}
