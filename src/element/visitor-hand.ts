/** Knows whether the visitor is using an element right now, so that nothing changes under a hand that is about to act. */
export class VisitorHand {
  readonly #host: HTMLElement
  #isOver = false

  /** @param onGone called when the pointer or the focus may have left; ask again what is still true. */
  constructor(host: HTMLElement, onGone: () => void) {
    this.#host = host
    const come = () => {
      this.#isOver = true
    }
    // Not `pointerenter`: a pointer already inside when the script arrives never enters.
    host.addEventListener('pointerover', come)
    host.addEventListener('pointermove', come)
    host.addEventListener('pointerleave', () => {
      this.#isOver = false
      onGone()
    })
    host.addEventListener('focusout', onGone)
  }

  /** Whether a pointer is over it; a finger only while it touches. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** Whether the keyboard's focus is inside; still true while the whole window is in the background. */
  get hasFocus(): boolean {
    // A connected node's root is one of these two.
    return this.#host.contains((this.#host.getRootNode() as Document | ShadowRoot).activeElement)
  }

  /** Forgets the pointer: an element taken out of the page is never told that it left. */
  reset(): void {
    this.#isOver = false
  }
}
