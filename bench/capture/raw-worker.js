// What `idb` can do at best for whoever stores events in batches: no cleaning, no sessions, no profile, no other tabs.
import { deleteDB, openDB } from '/idb/index.js'

let database
let events

const commands = {
  async prepare(message) {
    events = message.events
    database = await openDB(message.database, 1, { upgrade: (opened) => opened.createObjectStore('events', { keyPath: 'id' }) })
    // The worker under test has stored an event before the clock starts, and so has this one.
    await put([{ ...events[0], id: 'first' }])
  },
  async put({ perBatch }) {
    for (let from = 0; from < events.length; from += perBatch) await put(events.slice(from, from + perBatch))
  },
  count: async () => (await database.count('events')) - 1,
  async delete() {
    database.close()
    await deleteDB(database.name)
  },
}

async function put(batch) {
  const transaction = database.transaction('events', 'readwrite', { durability: 'relaxed' })
  await Promise.all([...batch.map((event) => transaction.store.put(event)), transaction.done])
}

addEventListener('message', async ({ data }) => postMessage(await commands[data.kind](data)))
