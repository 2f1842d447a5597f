import type { Catalogue } from '../catalogue/catalogue'
import type { Product } from '../catalogue/product'

export type Deed = 'looks at' | 'puts in the cart' | 'buys'

/** One thing a persona does, with a product named as a person would: by its kind and a word of its name. */
export type Step = { readonly deed: Deed; readonly subCategory: string; readonly name: RegExp; readonly thought: string }

export type Persona = {
  /** Part of the database's name, so that the two know nothing of each other. */
  readonly id: string
  readonly name: string
  readonly about: string
  readonly icon: string
  readonly steps: readonly Step[]
}

/** Two people with different things to do; both have as many steps, so that they can be played in step. */
export const PERSONAS: readonly [Persona, Persona] = [
  {
    id: 'ida',
    name: 'Ida',
    about: 'Illustrator, setting up a studio at home',
    icon: 'palette',
    steps: [
      { deed: 'looks at', subCategory: 'Art', name: /Prang Drawing Pencil Set/, thought: 'Something to draw with.' },
      { deed: 'looks at', subCategory: 'Art', name: /Watercolor Pencils/, thought: 'Colour, too.' },
      { deed: 'looks at', subCategory: 'Furnishings', name: /Architect Lamp/, thought: 'The corner is dark in the evening.' },
      { deed: 'puts in the cart', subCategory: 'Art', name: /Sanford Colorific Colored Pencils/, thought: 'These, then.' },
      { deed: 'looks at', subCategory: 'Paper', name: /Southworth Parchment/, thought: 'And a paper that is worth the pencils.' },
      { deed: 'buys', subCategory: 'Art', name: /Sanford Colorific Colored Pencils/, thought: 'That will do for today.' },
    ],
  },
  {
    id: 'tom',
    name: 'Tom',
    about: 'IT manager, fitting out a meeting room',
    icon: 'monitor',
    steps: [
      { deed: 'looks at', subCategory: 'Phones', name: /SoundStation2/, thought: 'Half of the team joins by phone.' },
      { deed: 'looks at', subCategory: 'Phones', name: /VVX 310/, thought: 'One for the wall as well.' },
      { deed: 'looks at', subCategory: 'Tables', name: /Bevis Oval Conference/, thought: 'Twelve people have to sit somewhere.' },
      { deed: 'puts in the cart', subCategory: 'Phones', name: /SoundStation2/, thought: 'The first one was right.' },
      { deed: 'looks at', subCategory: 'Appliances', name: /8 Outlet Surge/, thought: 'Everybody brings a charger.' },
      { deed: 'buys', subCategory: 'Phones', name: /SoundStation2/, thought: 'Ordered.' },
    ],
  },
]

/** The product a step is about; `undefined` where the shop has none such. */
export function productOf({ subCategory, name }: Step, catalogue: Catalogue): Product | undefined {
  return catalogue.products.find((product) => product.subCategory === subCategory && name.test(product.title))
}
