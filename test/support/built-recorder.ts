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

  /** Which of these words any of the requests carries anywhere: in its address, its body or a header, as they are or encoded. */
  leaked(words: readonly string[], said: readonly Said[] = this.said): string[] {
    const text = JSON.stringify(said).toLowerCase()
    const forms = (word: string) => [word, encodeURIComponent(word), encodeURIComponent(word).replaceAll('%20', '+'), btoa(word)]
    return words.filter((word) => forms(word).some((form) => text.includes(form.toLowerCase())))
  }
}
