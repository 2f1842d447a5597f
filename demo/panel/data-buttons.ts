import type { ForgetProof, Sotto } from 'sotto'
import { h } from '../dom/element'
import { icon } from '../pictures/icon'
import type { Cart } from '../shop/cart'
import { weekOf } from './budget-lines'
import { epsilon } from './budget-meter'
import { download } from './download'

/** Takes the data along, or is rid of it and shows the proof. The cart is the shop's own and goes only on request. */
export function dataButtons(sotto: Sotto, cart: Cart): HTMLElement {
  const cartToo = h('input', { type: 'checkbox', role: 'switch' })
  const outcome = h('div', { class: 'proof', role: 'status' })
  const report = (work: Promise<Node>) => {
    work.then(
      (node) => outcome.replaceChildren(node),
      (thrown: unknown) =>
        outcome.replaceChildren(h('p', {}, `That did not work: ${thrown instanceof Error ? thrown.message : String(thrown)}`)),
    )
  }
  const save = async () => {
    const data = await sotto.exportData()
    download('quire-my-data.json', JSON.stringify(data, null, 2))
    return h('p', {}, `Saved ${data.events.length} events as quire-my-data.json.`)
  }
  const forget = async () => {
    const proof = await sotto.forget()
    if (cartToo.checked) cart.clear()
    return proofOf(proof, sotto.namespace, { databases: await namesOfDatabases(), files: await countOfFiles(), pieces: cart.count })
  }
  return h(
    'div',
    { class: 'panel__actions' },
    h('button', { type: 'button', class: 'button button--quiet', onclick: () => report(save()) }, icon('download'), 'Take it with me'),
    h('button', { type: 'button', class: 'button button--danger', onclick: () => report(forget()) }, icon('eraser'), 'Forget everything'),
    h('label', { class: 'switch' }, cartToo, h('span', {}, 'and empty my cart')),
    outcome,
  )
}

/** What the origin holds beside the engine's own. */
type Rest = {
  /** Names of all databases; `undefined` in browsers that do not tell. */
  readonly databases: readonly string[] | undefined
  /** Files in the service worker's cache. */
  readonly files: number
  /** Pieces in the cart. */
  readonly pieces: number
}

async function countOfFiles(): Promise<number> {
  if (!('caches' in window)) return 0
  const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
  return kept.flat().length
}

async function namesOfDatabases(): Promise<readonly string[] | undefined> {
  if (!('databases' in indexedDB)) return undefined
  return (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
}

/** The one record that stays: were it gone, forgetting would be a way to be asked again. */
function keptWords(kept: NonNullable<ForgetProof['kept']>): string {
  return kept.map(({ epoch, spent }) => `${weekOf(epoch)}: epsilon ${epsilon(spent)}`).join('; ')
}

function proofOf({ databases, journal, events, kept }: ForgetProof, namespace: string, rest: Rest): Node {
  const list = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '))
  const isGone = databases.length === 0 && journal.length === 0 && events === 0
  const rows: (readonly [string, string])[] = [
    ['Events left', String(events)],
    [`Databases left of “${namespace}”`, list(databases)],
    ['Journal entries left', list(journal)],
    [
      'All databases of this site, asked of the browser',
      rest.databases === undefined ? 'this browser does not tell' : list(rest.databases),
    ],
    ...(kept ? [['Privacy budget, which stays', keptWords(kept)] as const] : []),
    ['Pieces in your cart', String(rest.pieces)],
    ['Files kept by the service worker', String(rest.files)],
  ]
  return h(
    'div',
    {},
    h(
      'p',
      { class: isGone ? 'proof__verdict proof__verdict--good' : 'proof__verdict' },
      isGone ? 'Forgotten. This is what is left:' : 'Not all is gone:',
    ),
    h('dl', { class: 'facts facts--panel' }, ...rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
    h(
      'p',
      { class: 'panel__hint' },
      'Your choice above, your colours and what is in your cart are the shop’s own and stay. So do the files: they are the shop’s pages, pictures and products, the same for every visitor; the table of word meanings is among them once somebody searched here.',
    ),
  )
}
