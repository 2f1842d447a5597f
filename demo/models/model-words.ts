/** A model as people who never heard of it can read of it. */
export type ModelWords = {
  /** What specialists call it. */
  readonly label: string
  /** What it does, in one sentence. */
  readonly what: string
}

const WORDS: Readonly<Record<string, ModelWords>> = {
  popularity: { label: 'Popularity', what: 'What most customers ordered, whoever asks.' },
  lately: { label: 'Popularity of late', what: 'What customers lately ordered for the first time.' },
  terms: { label: 'Shared words', what: 'Products that have rare words and makers in common with what you looked at.' },
  'latent-terms': { label: 'Word patterns', what: 'Products whose words stand for the same things as those you looked at.' },
  embedding: { label: 'Meaning', what: 'Products that mean about the same as what you looked at, whatever the words.' },
  'item-neighbours': { label: 'Item neighbours', what: 'What the same customers also ordered, sooner or later.' },
  'basket-neighbours': { label: 'Basket neighbours', what: 'What lay in one order together.' },
  'user-neighbours': {
    label: 'Prototype customers',
    what: 'What the average of many customers ordered, of those averages that you are most like.',
  },
  'matrix-factorization': { label: 'Matrix factorization', what: 'Tastes, found in all orders at once, that you may share.' },
  ease: { label: 'EASE', what: 'What all that you looked at foretells together, counting nothing twice.' },
  transitions: { label: 'Transitions', what: 'What customers ordered after things like those that you looked at.' },
  'session-neighbours': { label: 'Session neighbours', what: 'What others went on to whose visits resembled yours.' },
  'session-vectors': { label: 'Session vectors', what: 'What stands close to your visit in the paths of all others.' },
  gru: { label: 'GRU', what: 'A recurrent neural network that reads your visit step by step.' },
  caser: { label: 'Caser', what: 'A convolutional neural network that looks for patterns in your latest steps.' },
  sasrec: { label: 'SASRec', what: 'A neural network that weighs each of your steps against the others.' },
  'mult-vae': { label: 'Mult-VAE', what: 'A neural network that fills in what is missing from your list.' },
  blend: {
    label: 'All together',
    what: 'A ranker weighs what several models say. What you choose moves its weights, on this device.',
  },
}

/** @param name as packs and `evidence.model` name it; one that is not known here is its own label. */
export function modelWords(name: string): ModelWords {
  return WORDS[name] ?? { label: name, what: 'A model that this page has no words for.' }
}
