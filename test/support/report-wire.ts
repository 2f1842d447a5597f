import { connect, type Socket } from 'node:net'

export type WireAnswer = { readonly status: number; readonly body: string }

type Asked = { readonly resolve: (answer: WireAnswer) => void; readonly reject: (error: Error) => void }

/**
 * One kept-alive HTTP connection on which requests follow each other, written as bytes: a client that takes little from the machine which it shares with
 * what it measures. Pipelines where it is asked to send before the last answer came.
 */
export class ReportWire {
  readonly #asked: Asked[] = []
  readonly #socket: Socket
  readonly #port: number
  #text = ''

  constructor(port: number) {
    this.#port = port
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.setEncoding('latin1')
    this.#socket.on('data', (text) => this.#read(String(text)))
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => this.#fail())
  }

  /** Requests without an answer. */
  get pending(): number {
    return this.#asked.length
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed
  }

  /** @param headers lines, each with its line end. @returns rejects where the connection ends without an answer. */
  send(body: Uint8Array, headers = '', path = '/v1/reports'): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) return reject(new Error('the connection is closed'))
      this.#asked.push({ resolve, reject })
      const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.#port}\r\nContent-Length: ${body.length}\r\n${headers}\r\n`
      this.#socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body]))
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(text: string): void {
    this.#text += text
    for (;;) {
      const end = this.#text.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.#text.slice(0, end))?.[1] ?? 0)
      if (this.#text.length < end + 4 + length) return
      this.#asked.shift()?.resolve({ status: Number(this.#text.slice(9, 12)), body: this.#text.slice(end + 4, end + 4 + length) })
      this.#text = this.#text.slice(end + 4 + length)
    }
  }

  #fail(): void {
    for (const { reject } of this.#asked.splice(0)) reject(new Error('the connection ended without an answer'))
  }
}
