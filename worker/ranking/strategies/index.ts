// Shelves beside `for-you`: one file, loaded when a page has such a shelf.
export { recentlyViewed } from '../recently-viewed'
export { similar } from '../similar'
export { boughtTogether } from './bought-together'
export { cart } from './cart'
export { newest } from './newest'
export { next } from './next'
export { trending } from './trending'
