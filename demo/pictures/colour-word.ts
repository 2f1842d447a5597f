/** Inks that only products of that colour are printed in, beside the shop's own five. */
export const COLOUR_INKS = ['black', 'grey', 'white', 'red', 'burgundy', 'brown', 'khaki', 'pink'] as const

type ColourInk = (typeof COLOUR_INKS)[number] | 'cobalt' | 'marker' | 'coral' | 'mint' | 'lilac'

const INK_OF: Readonly<Record<string, ColourInk>> = {
  black: 'black',
  ebony: 'black',
  charcoal: 'grey',
  gray: 'grey',
  grey: 'grey',
  silver: 'grey',
  graphite: 'grey',
  platinum: 'grey',
  slate: 'grey',
  white: 'white',
  ivory: 'white',
  red: 'red',
  crimson: 'red',
  burgundy: 'burgundy',
  maroon: 'burgundy',
  brown: 'brown',
  mocha: 'brown',
  khaki: 'khaki',
  beige: 'khaki',
  tan: 'khaki',
  putty: 'khaki',
  blue: 'cobalt',
  navy: 'cobalt',
  green: 'mint',
  yellow: 'marker',
  canary: 'marker',
  gold: 'marker',
  orange: 'coral',
  pink: 'pink',
  purple: 'lilac',
  violet: 'lilac',
  lavender: 'lilac',
}

// A maker and a standard are no colours.
const COLOUR = new RegExp(`\\b(?!black & decker|green bar)(${Object.keys(INK_OF).join('|')})\\b`, 'i')

/**
 * The ink a product's name asks for, by the first colour in it.
 *
 * @returns `undefined` where it names none; then any ink will do.
 */
export function colourWord(title: string): ColourInk | undefined {
  return INK_OF[COLOUR.exec(title)?.[1]?.toLowerCase() ?? '']
}
