import type { ForgetProof, Sotto } from 'sotto'
import { h } from '../dom/element'
import { icon } from '../pictures/icon'
import { download } from './download'

/** Takes the data along, or is rid of it and shows the proof. */
export function dataButtons(sotto: Sotto): HTMLElement {
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
  const forget = async () => proofOf(await sotto.forget(), sotto.namespace, await namesOfDatabases())
  return h(
    'div',
    { class: 'panel__actions' },
    h('button', { type: 'button', class: 'button button--quiet', onclick: () => report(save()) }, icon('download'), 'Take it with me'),
    h('button', { type: 'button', class: 'button button--danger', onclick: () => report(forget()) }, icon('eraser'), 'Forget everything'),
    outcome,
  )
}

/** Names of all databases of this origin; `undefined` in browsers that do not tell. */
async function namesOfDatabases(): Promise<readonly string[] | undefined> {
  if (!('databases' in indexedDB)) return undefined
  return (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
}

function proofOf({ databases, journal, events }: ForgetProof, namespace: string, all: readonly string[] | undefined): Node {
  const list = (names: readonly string[]) => (names.length === 0 ? 'none' : names.join(', '))
  const isGone = databases.length === 0 && journal.length === 0 && events === 0
  const rows: (readonly [string, string])[] = [
    ['Events left', String(events)],
    [`Databases left of “${namespace}”`, list(databases)],
    ['Journal entries left', list(journal)],
    ['All databases of this site, asked of the browser', all === undefined ? 'this browser does not tell' : list(all)],
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
    h('p', { class: 'panel__hint' }, 'Your cart, your choice above and your colours are the shop’s own and stay.'),
  )
}
