import type { RecommendRequest, Sotto } from 'sotto'

/** Which model fills the shelves "for you": a switch for looking behind the scenes, as long as the page is open. Dispatches `change`. */
export class ModelChoice extends EventTarget {
  #model: string | undefined

  /** `undefined`: all together, as the engine does by itself. */
  get model(): string | undefined {
    return this.#model
  }

  choose(model: string | undefined): void {
    if (model === this.#model) return
    this.#model = model
    this.dispatchEvent(new Event('change'))
  }

  /** The same Sotto, except that it answers `for-you` by the model that is chosen. */
  applyTo(sotto: Sotto): Sotto {
    const recommend = (request: RecommendRequest) =>
      sotto.recommend(this.#model !== undefined && request.strategy === 'for-you' ? { ...request, model: this.#model } : request)
    return new Proxy(sotto, {
      get(target, name) {
        if (name === 'recommend') return recommend
        // Asked of the target itself: its private fields are not the proxy's.
        const member: unknown = Reflect.get(target, name, target)
        return typeof member === 'function' ? member.bind(target) : member
      },
    })
  }
}
