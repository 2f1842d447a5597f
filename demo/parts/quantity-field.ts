import { h } from '../dom/element'
import { icon } from '../pictures/icon'

/** A number with a button on either side; `change` gets whole numbers from `least` to 99. */
export function quantityField(label: string, value: number, least: number, change: (quantity: number) => void): HTMLElement {
  const input = h('input', { type: 'number', inputmode: 'numeric', min: least, max: 99, value, 'aria-label': label })
  const settle = (quantity: number) => {
    const kept = Math.min(Math.max(Number.isFinite(quantity) ? Math.trunc(quantity) : least, least), 99)
    input.value = String(kept)
    change(kept)
  }
  input.addEventListener('change', () => settle(input.valueAsNumber))
  const button = (by: number, name: string, text: string) =>
    h('button', { type: 'button', 'aria-label': text, onclick: () => settle(input.valueAsNumber + by) }, icon(name))
  return h('div', { class: 'quantity' }, button(-1, 'minus', 'One less'), input, button(1, 'plus', 'One more'))
}
