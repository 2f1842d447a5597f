/** Knows whether a pointer is over an element right now, so that nothing changes under a hand that is about to act. */
export class VisitorHand {
  /** A finger counts only while it touches. */
  isOver = false

  /** @param onGone called when the pointer or the focus may have left; ask again what is still true. */
  constructor(host: HTMLElement, onGone: () => void) {
    const set = (isOver: boolean) => () => {
      this.isOver = isOver
      if (!isOver) onGone()
    }
    // Not `pointerenter`: a pointer already inside when the script arrives never enters.
    host.addEventListener('pointerover', set(true))
    host.addEventListener('pointermove', set(true))
    host.addEventListener('pointerleave', set(false))
    host.addEventListener('focusout', onGone)
  }
}
