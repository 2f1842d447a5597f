import { h } from '../dom/element'

/** Saves a text as a file, without a request: the browser takes it from memory. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  h('a', { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}
