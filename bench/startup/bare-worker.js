// The least that a worker with a memory can do: opens IndexedDB and reads one record.
const opening = indexedDB.open('bare')
opening.onsuccess = () => {
  const reading = opening.result.transaction('records').objectStore('records').get('one')
  reading.onsuccess = () => postMessage(reading.result)
}
