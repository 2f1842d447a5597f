import type { Encoder } from './encoder'

/** The text encoder, fetched when a text must be encoded for the first time, and then kept. A failed fetch is tried again at the next need. */
export class EncoderService {
  state: 'not-loaded' | 'loaded' | 'failed' = 'not-loaded'
  #loading: Promise<Encoder> | undefined
  readonly #load: () => Promise<Encoder>

  constructor(load: () => Promise<Encoder>) {
    this.#load = load
  }

  /** @throws SottoError `encoder-failed` */
  encoder(): Promise<Encoder> {
    this.#loading ??= this.#load().then(
      (encoder) => {
        this.state = 'loaded'
        return encoder
      },
      (error) => {
        this.state = 'failed'
        this.#loading = undefined
        throw error
      },
    )
    return this.#loading
  }
}
