import { h } from '../dom/element'
import { icon } from '../pictures/icon'
import type { Shop } from '../shop/shop'

const NEEDED = 3

/** The three steps in which a newcomer sees the shop adapt, ticked off as they are done. */
export function tour({ sotto, faults, signal }: Shop): { readonly element: HTMLElement; readonly arrive: () => void } {
  const steps = [
    step('Let it remember', 'Answer “Remember on this device”. Before that, nothing you look at is kept.'),
    step('Look at three products', 'Of one kind, say three chairs. Then come back to this page.'),
    step(
      'Ask it why',
      'Press ',
      h('kbd', {}, '.'),
      ' on any page, or the eye above: what is stored, why each product is there, and what left the device.',
    ),
  ] as const
  const element = h('ol', { class: 'tour', 'aria-label': 'See it adapt in three steps' }, ...steps.map(({ element }) => element))
  const draw = async () => {
    const [remembers, looks, asks] = steps
    const canLearn = sotto.consent === 'granted' || sotto.consent === 'session'
    remembers.tick(canLearn)
    const viewed = canLearn ? ((await sotto.profile()).counts.view_item ?? 0) : 0
    looks.tick(viewed >= NEEDED, viewed > 0 && viewed < NEEDED ? `${viewed} of ${NEEDED}` : undefined)
    asks.tick(document.documentElement.dataset.panelSeen === 'true')
  }
  const redraw = () => void draw().catch(faults.add)
  return {
    element,
    arrive: () => {
      signal.addEventListener('abort', sotto.on('change', redraw))
      document.addEventListener('panel-opened', redraw, { signal })
      redraw()
    },
  }
}

function step(
  title: string,
  ...text: readonly (Node | string)[]
): { readonly element: HTMLElement; readonly tick: (isDone: boolean, progress?: string) => void } {
  const state = h('span', { class: 'visually-hidden' })
  const count = h('span', { class: 'tour__count' })
  const element = h(
    'li',
    { class: 'tour__step' },
    h('span', { class: 'tour__tick', 'aria-hidden': 'true' }, icon('check')),
    h('div', {}, h('strong', {}, title), ' ', count, state, h('p', {}, ...text)),
  )
  return {
    element,
    tick: (isDone, progress) => {
      element.classList.toggle('tour__step--done', isDone)
      state.textContent = isDone ? '(done)' : ''
      count.textContent = progress ?? ''
    },
  }
}
