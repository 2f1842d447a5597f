import { s } from '../dom/element'
import { OWN_ICONS } from './own-icons'

/** Lucide icons (ISC licence) that the shop draws with; only these are in its files. */
const SOURCES: Readonly<Record<string, string>> = import.meta.glob(
  [
    '/node_modules/lucide-static/icons/archive.svg',
    '/node_modules/lucide-static/icons/armchair.svg',
    '/node_modules/lucide-static/icons/book.svg',
    '/node_modules/lucide-static/icons/book-copy.svg',
    '/node_modules/lucide-static/icons/book-text.svg',
    '/node_modules/lucide-static/icons/box.svg',
    '/node_modules/lucide-static/icons/briefcase.svg',
    '/node_modules/lucide-static/icons/cable.svg',
    '/node_modules/lucide-static/icons/calculator.svg',
    '/node_modules/lucide-static/icons/check.svg',
    '/node_modules/lucide-static/icons/clock-9.svg',
    '/node_modules/lucide-static/icons/coffee.svg',
    '/node_modules/lucide-static/icons/credit-card.svg',
    '/node_modules/lucide-static/icons/disc-3.svg',
    '/node_modules/lucide-static/icons/door-open.svg',
    '/node_modules/lucide-static/icons/download.svg',
    '/node_modules/lucide-static/icons/drafting-compass.svg',
    '/node_modules/lucide-static/icons/droplets.svg',
    '/node_modules/lucide-static/icons/eraser.svg',
    '/node_modules/lucide-static/icons/eye.svg',
    '/node_modules/lucide-static/icons/fan.svg',
    '/node_modules/lucide-static/icons/files.svg',
    '/node_modules/lucide-static/icons/flower-2.svg',
    '/node_modules/lucide-static/icons/folder-open.svg',
    '/node_modules/lucide-static/icons/folders.svg',
    '/node_modules/lucide-static/icons/frame.svg',
    '/node_modules/lucide-static/icons/gamepad-2.svg',
    '/node_modules/lucide-static/icons/grip-horizontal.svg',
    '/node_modules/lucide-static/icons/hard-drive.svg',
    '/node_modules/lucide-static/icons/headset.svg',
    '/node_modules/lucide-static/icons/heater.svg',
    '/node_modules/lucide-static/icons/highlighter.svg',
    '/node_modules/lucide-static/icons/history.svg',
    '/node_modules/lucide-static/icons/id-card.svg',
    '/node_modules/lucide-static/icons/inbox.svg',
    '/node_modules/lucide-static/icons/keyboard.svg',
    '/node_modules/lucide-static/icons/lamp.svg',
    '/node_modules/lucide-static/icons/lamp-desk.svg',
    '/node_modules/lucide-static/icons/lamp-floor.svg',
    '/node_modules/lucide-static/icons/layers.svg',
    '/node_modules/lucide-static/icons/library.svg',
    '/node_modules/lucide-static/icons/library-big.svg',
    '/node_modules/lucide-static/icons/lightbulb.svg',
    '/node_modules/lucide-static/icons/luggage.svg',
    '/node_modules/lucide-static/icons/mail.svg',
    '/node_modules/lucide-static/icons/mail-open.svg',
    '/node_modules/lucide-static/icons/mails.svg',
    '/node_modules/lucide-static/icons/memory-stick.svg',
    '/node_modules/lucide-static/icons/microwave.svg',
    '/node_modules/lucide-static/icons/minus.svg',
    '/node_modules/lucide-static/icons/monitor.svg',
    '/node_modules/lucide-static/icons/moon.svg',
    '/node_modules/lucide-static/icons/mouse.svg',
    '/node_modules/lucide-static/icons/network.svg',
    '/node_modules/lucide-static/icons/notebook.svg',
    '/node_modules/lucide-static/icons/notebook-pen.svg',
    '/node_modules/lucide-static/icons/notebook-tabs.svg',
    '/node_modules/lucide-static/icons/notepad-text.svg',
    '/node_modules/lucide-static/icons/package.svg',
    '/node_modules/lucide-static/icons/package-open.svg',
    '/node_modules/lucide-static/icons/paintbrush.svg',
    '/node_modules/lucide-static/icons/palette.svg',
    '/node_modules/lucide-static/icons/paperclip.svg',
    '/node_modules/lucide-static/icons/pause.svg',
    '/node_modules/lucide-static/icons/pen.svg',
    '/node_modules/lucide-static/icons/pencil.svg',
    '/node_modules/lucide-static/icons/pencil-ruler.svg',
    '/node_modules/lucide-static/icons/phone.svg',
    '/node_modules/lucide-static/icons/pin.svg',
    '/node_modules/lucide-static/icons/play.svg',
    '/node_modules/lucide-static/icons/plug.svg',
    '/node_modules/lucide-static/icons/plug-zap.svg',
    '/node_modules/lucide-static/icons/plus.svg',
    '/node_modules/lucide-static/icons/pocket-knife.svg',
    '/node_modules/lucide-static/icons/podcast.svg',
    '/node_modules/lucide-static/icons/printer.svg',
    '/node_modules/lucide-static/icons/printer-3d.svg',
    '/node_modules/lucide-static/icons/radio.svg',
    '/node_modules/lucide-static/icons/receipt.svg',
    '/node_modules/lucide-static/icons/receipt-text.svg',
    '/node_modules/lucide-static/icons/refrigerator.svg',
    '/node_modules/lucide-static/icons/robot-vacuum.svg',
    '/node_modules/lucide-static/icons/rotate-ccw.svg',
    '/node_modules/lucide-static/icons/router.svg',
    '/node_modules/lucide-static/icons/ruler.svg',
    '/node_modules/lucide-static/icons/scan-line.svg',
    '/node_modules/lucide-static/icons/scissors.svg',
    '/node_modules/lucide-static/icons/scroll.svg',
    '/node_modules/lucide-static/icons/scroll-text.svg',
    '/node_modules/lucide-static/icons/search.svg',
    '/node_modules/lucide-static/icons/shelving-unit.svg',
    '/node_modules/lucide-static/icons/shopping-cart.svg',
    '/node_modules/lucide-static/icons/shredder.svg',
    '/node_modules/lucide-static/icons/skip-forward.svg',
    '/node_modules/lucide-static/icons/smartphone.svg',
    '/node_modules/lucide-static/icons/smartphone-charging.svg',
    '/node_modules/lucide-static/icons/smartphone-nfc.svg',
    '/node_modules/lucide-static/icons/speaker.svg',
    '/node_modules/lucide-static/icons/sticker.svg',
    '/node_modules/lucide-static/icons/sticky-note.svg',
    '/node_modules/lucide-static/icons/sun.svg',
    '/node_modules/lucide-static/icons/tag.svg',
    '/node_modules/lucide-static/icons/tags.svg',
    '/node_modules/lucide-static/icons/torus.svg',
    '/node_modules/lucide-static/icons/trash.svg',
    '/node_modules/lucide-static/icons/trash-2.svg',
    '/node_modules/lucide-static/icons/usb.svg',
    '/node_modules/lucide-static/icons/webcam.svg',
    '/node_modules/lucide-static/icons/wifi-off.svg',
    '/node_modules/lucide-static/icons/x.svg',
  ],
  { query: '?raw', import: 'default', eager: true },
)

/** Puts the icons into the page once, so that each use of one is a single element. */
export function addIconSheet(parent: HTMLElement): void {
  const symbols = [
    ...Object.entries(SOURCES).map(([path, source]) => symbol(path.slice(path.lastIndexOf('/') + 1, -'.svg'.length), drawingOf(source))),
    ...Object.entries(OWN_ICONS).map(([name, d]) => symbol(name, `<path d="${d}"/>`)),
  ]
  // Parsed as one document: a hundred of them would take long enough to be felt.
  const text = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`
  const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml')
  parent.prepend(s('svg', { width: 0, height: 0, 'aria-hidden': 'true', class: 'icon-sheet' }, ...documentElement.children))
}

/** What stands between the tags of a file that this project's own build put in. */
function drawingOf(source: string): string {
  return source.slice(source.indexOf('>', source.indexOf('<svg')) + 1, source.lastIndexOf('</svg>'))
}

function symbol(name: string, drawing: string): string {
  return `<symbol id="icon-${name}" viewBox="0 0 24 24">${drawing}</symbol>`
}

/** One use of an icon, 24 units square, in the current colour; hidden from screen readers, so name what it stands in. */
export function icon(name: string, className = 'icon'): SVGSVGElement {
  return s('svg', { viewBox: '0 0 24 24', class: className, 'aria-hidden': 'true' }, s('use', { href: `#icon-${name}` }))
}
