import { hrefOf, type Route, slug } from '../shop/route'
import type { Page, Shop } from '../shop/shop'
import { cartPage } from './cart'
import { categoryPage } from './category'
import { checkoutPage } from './checkout'
import { homePage } from './home'
import { notFoundPage } from './not-found'
import { personasPage } from './personas'
import { productPage } from './product'
import { qualityPage } from './quality'
import { searchPage } from './search'
import { signalsPage } from './signals'
import { thanksPage } from './thanks'

export type Surroundings = {
  /** Where the catalogue's pack lies. */
  readonly catalog: URL
  /** Opens another page. */
  readonly go: (href: string) => void
}

/** Builds the page of a route. */
export function openPage(route: Route, shop: Shop, { catalog, go }: Surroundings): Page {
  switch (route.kind) {
    case 'home':
      return homePage(shop)
    case 'category':
      return categoryOf(route.category, route.subCategory, shop)
    case 'product': {
      const product = shop.catalogue.find(route.id)
      return product ? productPage(shop, product) : notFoundPage(shop, 'product')
    }
    case 'search':
      return searchPage(shop, route.query)
    case 'cart':
      return cartPage(shop)
    case 'checkout':
      return checkoutPage(shop, (order) => go(hrefOf({ kind: 'thanks', order })))
    case 'thanks':
      return thanksPage(shop, route.order)
    case 'personas':
      return personasPage(shop, catalog)
    case 'quality':
      return qualityPage(shop)
    case 'signals':
      return signalsPage(shop)
    case 'missing':
      return notFoundPage(shop, 'page')
    default:
      return route satisfies never
  }
}

function categoryOf(categorySlug: string, subCategorySlug: string | undefined, shop: Shop): Page {
  const category = shop.catalogue.categories.find(({ name }) => slug(name) === categorySlug)
  const subCategory = category?.subCategories.find(({ name }) => slug(name) === subCategorySlug)
  if (!category || (subCategorySlug !== undefined && !subCategory)) return notFoundPage(shop, 'page')
  return categoryPage(shop, category, subCategory?.name)
}
