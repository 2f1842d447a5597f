import { type COLOUR_INKS, colourWord } from './colour-word'

/** The shop's five printing inks, by name; their colours are in the style sheet, light and dark. */
const INKS = ['cobalt', 'marker', 'coral', 'mint', 'lilac'] as const
type Ink = (typeof INKS)[number]
type PrintInk = Ink | (typeof COLOUR_INKS)[number]

/** Two or three grounds a sub-category, so that a category has a face of its own; neighbours in a menu differ. */
const GROUNDS: Readonly<Record<string, readonly Ink[]>> = {
  Bookcases: ['lilac', 'coral'],
  Chairs: ['cobalt', 'mint', 'marker'],
  Furnishings: ['marker', 'coral', 'mint'],
  Tables: ['mint', 'lilac'],
  Appliances: ['mint', 'cobalt'],
  Art: ['coral', 'marker', 'lilac'],
  Binders: ['cobalt', 'coral', 'lilac'],
  Envelopes: ['marker', 'lilac'],
  Fasteners: ['coral', 'mint'],
  Labels: ['lilac', 'marker'],
  Paper: ['marker', 'cobalt', 'mint'],
  Storage: ['coral', 'cobalt'],
  Supplies: ['mint', 'coral'],
  Accessories: ['lilac', 'cobalt', 'mint'],
  Copiers: ['cobalt', 'marker'],
  Machines: ['coral', 'lilac', 'mint'],
  Phones: ['mint', 'marker', 'lilac'],
}

/** The ground of a picture and the ink of its flat shape, never the same one. A name with a colour in it has its shape in that colour. */
export function inksOf(
  { subCategory, title }: { readonly subCategory: string; readonly title: string },
  seed: number,
): { readonly ground: Ink; readonly ink: PrintInk } {
  const named = colourWord(title)
  const grounds = (GROUNDS[subCategory] ?? INKS).filter((ground) => ground !== named)
  const ground = grounds[seed % grounds.length]!
  const others = INKS.filter((ink) => ink !== ground)
  return { ground, ink: named ?? others[(seed >>> 20) % others.length]! }
}
