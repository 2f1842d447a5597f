// Compiled, never run: calls that must compile, and misuse that must not.
import { createSotto, type Recommendation, SottoError } from '../../src/index'

export async function rightUses(): Promise<void> {
  const sotto = await createSotto({ catalog: '/catalog.pack', consent: 'granted' })
  const receipt = await sotto.track('view_item', { items: [{ item_id: 'sku-1', price: 3 }] })
  receipt.outcome satisfies 'stored' | 'memory' | 'held' | 'dropped'
  const shelf: Recommendation = await sotto.recommend({ slot: 'home', strategy: 'for-you', limit: 8 })
  const ids: readonly string[] = await sotto.rank(shelf.items.map(({ id }) => id))
  const stop: () => void = sotto.on('change', ({ kind }) => kind satisfies string)
  stop()
  await sotto.explain(ids[0] ?? '')
  await createSotto({ catalog: [{ id: 'a', title: 'A' }], worker: () => new Worker('/worker.js') })
  await createSotto({ signals: 'https://collect.example' })
  await createSotto({ signals: { collector: new URL('https://collect.example'), planHash: '00', relay: '/relay' } })
  const { entries, budget } = await sotto.ledger()
  entries[0]?.state satisfies 'waiting' | 'sent' | 'expired' | 'refused' | undefined
  budget.records.map(({ epoch, spent }) => epoch + spent)
  const { metrics } = await sotto.previewSignals()
  metrics.map(({ buckets, truth }) => buckets[truth])
  ;(await sotto.forget()).kept satisfies readonly { epoch: number; spent: number }[] | undefined
  if (new SottoError('closed', '').code === 'closed') await sotto.close()
}

export async function wrongUses(): Promise<void> {
  const sotto = await createSotto()
  // @ts-expect-error an event that does not exist
  await sotto.track('view_itm')
  // @ts-expect-error an item needs its id
  await sotto.track('view_item', { items: [{ item_name: 'x' }] })
  // @ts-expect-error a strategy that does not exist
  await sotto.recommend({ strategy: 'foryou' })
  // @ts-expect-error similar to what?
  await sotto.recommend({ strategy: 'similar' })
  // @ts-expect-error search for what?
  await sotto.recommend({ strategy: 'search' })
  // @ts-expect-error a misspelt field
  await sotto.recommend({ strategy: 'for-you', count: 3 })
  // @ts-expect-error a state that does not exist
  await sotto.setConsent('yes')
  // @ts-expect-error what came back is not for changing
  ;(await sotto.rank(['a'])).push('b')
  // @ts-expect-error consent is changed by setConsent, so that it is enforced
  sotto.consent = 'granted'
  // @ts-expect-error a collector is needed
  await createSotto({ signals: { plan: '/plan.json' } })
  // @ts-expect-error an option that does not exist
  await createSotto({ catalogue: '/catalog.pack' })
}
