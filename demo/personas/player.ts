import { h } from '../dom/element'
import { icon } from '../pictures/icon'
import type { Stage } from './stage'

const STEP_MS = 2_600 // time to read what was done and to see the shelf answer

/** Plays all stages in step: on, one step, pause, from the start. */
export class Player {
  readonly element: HTMLElement
  readonly #stages: readonly Stage[]
  readonly #onFault: (thrown: unknown) => void
  readonly #count: number
  readonly #play = h('button', {
    type: 'button',
    class: 'button',
    onclick: () => (this.#timer === undefined ? this.#start() : this.pause()),
  })
  readonly #step = h(
    'button',
    { type: 'button', class: 'button button--quiet', onclick: () => this.#run(this.#next()) },
    icon('skip-forward'),
    'One step',
  )
  readonly #state = h('p', { class: 'player__state', role: 'status' })
  #timer: number | undefined
  #done = 0
  /** Steps are played one after the other, however fast the buttons are pressed. */
  #turn: Promise<void> = Promise.resolve()

  constructor(stages: readonly Stage[], onFault: (thrown: unknown) => void) {
    this.#stages = stages
    this.#onFault = onFault
    this.#count = Math.max(0, ...stages.map(({ stepCount }) => stepCount))
    const again = h(
      'button',
      { type: 'button', class: 'button button--quiet', onclick: () => this.#run(this.#restart()) },
      icon('rotate-ccw'),
      'Start over',
    )
    this.element = h(
      'div',
      { class: 'player__row', role: 'group', 'aria-label': 'Play the visits' },
      this.#play,
      this.#step,
      again,
      this.#state,
    )
    this.#draw()
  }

  pause(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#draw()
  }

  #start(): void {
    this.#timer = window.setInterval(() => this.#run(this.#next()), STEP_MS)
    this.#run(this.#next())
  }

  #next(): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      if (this.#done >= this.#count) return
      const index = this.#done++
      this.#draw()
      await Promise.all(this.#stages.map((stage) => stage.play(index)))
      if (this.#done === this.#count) this.pause()
    })
    return this.#turn
  }

  #restart(): Promise<void> {
    this.pause()
    this.#turn = this.#turn.then(async () => {
      await Promise.all(this.#stages.map((stage) => stage.restart()))
      this.#done = 0
      this.#draw()
    })
    return this.#turn
  }

  #run(work: Promise<void>): void {
    work.catch(this.#onFault)
  }

  #draw(): void {
    const isPlaying = this.#timer !== undefined
    const isOver = this.#done >= this.#count
    this.#play.replaceChildren(icon(isPlaying ? 'pause' : 'play'), isPlaying ? 'Pause' : 'Play')
    this.#play.disabled = isOver
    this.#step.disabled = isOver || isPlaying
    this.#state.textContent = this.#done === 0 ? 'Before the first step' : `Step ${this.#done} of ${this.#count}`
  }
}
