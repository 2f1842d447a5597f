import type { BrowserContext } from 'playwright'

/** What one request says to whoever hears it. */
export type Said = {
  readonly url: string
  readonly method: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Hears every request of a visitor's pages and of their workers: fetches, beacons, pictures, scripts, and the opening of WebSockets.
 * Listens at the context, so begin before its first page.
 */
export class Recorder {
  readonly said: Said[] = []
  readonly #under: Promise<void>[] = []

  constructor(context: BrowserContext) {
    context.on('request', (request) => {
      const hear = async () => {
        // All of them, those that the browser itself adds too, where it tells them: not for a request that it refused.
        const headers = await request.allHeaders().catch(() => request.headers())
        this.said.push({ url: request.url(), method: request.method(), body: request.postData() ?? '', headers })
      }
      this.#under.push(hear())
    })
    context.on('page', (page) => {
      page.on('websocket', (socket) => {
        this.said.push({ url: socket.url(), method: 'WEBSOCKET', body: '', headers: {} })
      })
    })
  }

  /** Resolves when what was heard so far is written down. */
  async settled(): Promise<void> {
    await Promise.all(this.#under)
  }

  /** Method and address of each, in order. */
  lines(): string[] {
    return this.said.map(({ method, url }) => `${method} ${url}`)
  }

  /** Which of these words, as they are or encoded for an address, any request carries anywhere, the page's own address apart. */
  leaked(words: readonly string[]): string[] {
    const text = JSON.stringify(this.said).toLowerCase()
    const forms = (word: string) => [word, encodeURIComponent(word), encodeURIComponent(word).replaceAll('%20', '+'), btoa(word)]
    return words.filter((word) => forms(word).some((form) => text.includes(form.toLowerCase())))
  }
}
