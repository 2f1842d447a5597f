/** A `Storage` as the browser's, in memory; where `isFull`, every write throws, as a full or disabled one does. */
export function memoryStorage({ isFull = false } = {}): Storage {
  const entries: Record<string, string> = {}
  const methods: Storage = {
    get length() {
      return Object.keys(entries).length
    },
    key: (index) => Object.keys(entries)[index] ?? null,
    getItem: (key) => entries[key] ?? null,
    setItem(key, value) {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      entries[key] = value
    },
    removeItem(key) {
      delete entries[key]
    },
    clear() {
      for (const key of Object.keys(entries)) delete entries[key]
    },
  }
  // As with the browser's, its keys are the stored keys.
  return new Proxy(methods, {
    ownKeys: () => Object.keys(entries),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  })
}
