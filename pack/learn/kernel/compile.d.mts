/** The text of `compiled.ts`, made anew of `products.as`. */
export function compiledText(): Promise<string>
