import type { ModelName, ModelPart } from '../../worker/models/model-part'

/** What a model is learned from: the items' own texts or vectors say nothing of visitors. */
export type LearnedFrom = 'orders' | 'texts' | 'vectors'

const FROM_ITEMS: Partial<Readonly<Record<string, LearnedFrom>>> = {
  terms: 'texts',
  'latent-terms': 'texts',
  embedding: 'vectors',
} satisfies Partial<Record<ModelName, LearnedFrom>>

/** @param model the name of a part; of one that this version does not know, orders are supposed. */
export function learnedFrom(model: string): LearnedFrom {
  return (Object.hasOwn(FROM_ITEMS, model) && FROM_ITEMS[model]) || 'orders'
}

/** Whether nothing was learned: whatever the model keeps, all of it is empty or 0. */
export function isNothing({ tensors }: Pick<ModelPart, 'tensors'>): boolean {
  for (const { data } of Object.values(tensors)) for (const value of data) if (value !== 0) return false
  return true
}
