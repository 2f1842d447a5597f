import type { Product } from '../catalogue/product'
import { s } from '../dom/element'
import { hash } from './hash'
import { iconOf } from './icon-of'
import { inksOf } from './inks'
import { pattern } from './patterns'

const WIDTH = 200
const HEIGHT = 160
const TURNS_DEG = [-14, -9, -5, 0, 4, 8, 13]
/** Icons stand so: where each copy is, and how large (24 units times this). */
const ARRANGEMENTS = [
  [{ x: 100, y: 80, scale: 4.1 }],
  [{ x: 104, y: 84, scale: 4.6 }],
  [
    { x: 70, y: 72, scale: 3.1 },
    { x: 128, y: 92, scale: 3.1 },
  ],
  [{ x: 92, y: 78, scale: 4.2 }],
  [
    { x: 54, y: 80, scale: 2.3 },
    { x: 100, y: 80, scale: 2.3 },
    { x: 146, y: 80, scale: 2.3 },
  ],
] as const

/**
 * Draws a product the way a two-colour press would: a flat shape in one ink, the line in another, slightly off register, on a
 * patterned ground. What is drawn follows the product's name, the colour too where it says one; ground, angle and arrangement follow its id, so that it always looks
 * the same and a full shelf does not look uniform. No request is made for it. Decorative: the name beside it says it all.
 */
export function productPicture(product: Product): SVGSVGElement {
  const seed = hash(product.id)
  const name = `#icon-${iconOf(product)}`
  const { ground, ink } = inksOf(product, seed)
  const isSet = /\/(pack|set|box|carton|case)\b|\b(set|pack|box|boxes) of\b|assorted|\d+ ?per\b/i.test(product.title)
  const arrangement = ARRANGEMENTS[isSet ? 2 + 2 * ((seed >>> 3) % 2) : [0, 1, 3][(seed >>> 3) % 3]!]!
  const turn = TURNS_DEG[(seed >>> 6) % TURNS_DEG.length]!
  return s(
    'svg',
    {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      class: `picture picture--${ground} picture--ink-${ink}`,
      'aria-hidden': 'true',
      focusable: 'false',
    },
    s('rect', { width: WIDTH, height: HEIGHT, class: 'picture__ground' }),
    pattern(seed >>> 10, WIDTH, HEIGHT),
    ...arrangement.map(({ x, y, scale }, copy) => {
      const place = `translate(${x} ${y}) rotate(${turn + copy * 5}) scale(${scale}) translate(-12 -12)`
      return s(
        'g',
        { transform: place },
        s('use', { href: name, width: 24, height: 24, class: 'picture__shape', transform: 'translate(1.1 .9)' }),
        s('use', { href: name, width: 24, height: 24, class: 'picture__line' }),
      )
    }),
  )
}
