import type { Recommendation, RecommendRequest, Sotto } from 'sotto'
import { describe, expect, test } from 'vitest'
import { featureWords } from '../../../demo/models/feature-words'
import { ModelChoice } from '../../../demo/models/model-choice'

/** As the real one does, it keeps what it has in private fields, which a careless proxy cannot reach. */
class FakeSotto {
  readonly #asked: RecommendRequest[] = []
  readonly #consent = 'granted'

  get consent() {
    return this.#consent
  }
  async recommend(request: RecommendRequest): Promise<Recommendation> {
    this.#asked.push(request)
    return { items: [], strategy: request.strategy, backend: 'js', ms: 0 }
  }
  async history() {
    return this.#asked
  }
}

const fake = () => new FakeSotto() as unknown as Sotto // has all that is asked of it here

describe('the choice of a model', () => {
  test('changes what is asked for "for you", and nothing else', async () => {
    const choice = new ModelChoice()
    const sotto = choice.applyTo(fake())
    await sotto.recommend({ strategy: 'for-you', limit: 8 })
    choice.choose('ease')
    await sotto.recommend({ strategy: 'for-you', limit: 8 })
    await sotto.recommend({ strategy: 'similar', itemId: 'a' })
    choice.choose(undefined)
    await sotto.recommend({ strategy: 'for-you' })
    expect(await sotto.history()).toEqual([
      { strategy: 'for-you', limit: 8 },
      { strategy: 'for-you', limit: 8, model: 'ease' },
      { strategy: 'similar', itemId: 'a' },
      { strategy: 'for-you' },
    ])
    expect(sotto.consent).toBe('granted')
  })

  test('tells of changes only', () => {
    const choice = new ModelChoice()
    let told = 0
    choice.addEventListener('change', () => told++)
    for (const model of [undefined, 'ease', 'ease', 'terms', undefined]) choice.choose(model)
    expect(told).toBe(3)
  })
})

test.each([
  ['terms', 'Shared words'],
  ['terms last', 'Shared words, of your last step alone'],
  ['popularity', 'Popularity with everyone'],
  ['agreement', 'How many models speak for it'],
  ['of-tomorrow', 'of-tomorrow'],
])('the part %s of a score is called "%s"', (name, words) => {
  expect(featureWords(name)).toBe(words)
})
