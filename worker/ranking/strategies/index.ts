// Shelves beside the first ones: one file, loaded when a page has such a shelf.
export { boughtTogether } from './bought-together'
export { cart } from './cart'
export { newest } from './newest'
export { next } from './next'
export { trending } from './trending'
