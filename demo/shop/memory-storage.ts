import type { CartStorage } from './cart'

/** What a `Cart` needs, kept nowhere: for carts that must not outlive the page. */
export function memoryStorage(): CartStorage {
  const entries = new Map<string, string>()
  return {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
  }
}
