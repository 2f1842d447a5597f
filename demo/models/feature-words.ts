import { modelWords } from './model-words'

const OWN: Readonly<Record<string, string>> = {
  similarity: 'Closeness to what you looked at',
  category: 'Liking for its category',
  popularity: 'Popularity with everyone',
  agreement: 'How many models speak for it',
  seen: 'Looked at before',
  bias: 'How often anything shown is chosen',
}

/**
 * What a part of a score is called: a model, a model asked about the last step alone, or something that no model says.
 *
 * @param name as `explain` gives it, e.g. `terms`, `terms last`, `agreement`.
 */
export function featureWords(name: string): string {
  const own = OWN[name]
  if (own !== undefined) return own
  const [model = '', view] = name.split(' ')
  return modelWords(model).label + (view === 'last' ? ', of your last step alone' : '')
}
