import type { Product } from '../catalogue/product'

type Rule = readonly [word: RegExp, icon: string]

/** What a sub-category's products are drawn as: the first rule whose word is in the name, else the last entry. */
const RULES: Readonly<Record<string, readonly [...Rule[], string]>> = {
  Bookcases: [[/library|barrister/i, 'library-big'], [/shelf|shelving/i, 'shelving-unit'], 'library'],
  Chairs: [
    [/task|swivel|tilt|manager|executive|office|ergonomic|steno|high-?back|mid-?back|low-?back/i, 'own-desk-chair'],
    [/stack|fold|armless|steel/i, 'own-plain-chair'],
    'armchair',
  ],
  Furnishings: [
    [/clock/i, 'clock-9'],
    [/bulb/i, 'lightbulb'],
    [/floor lamp/i, 'lamp-floor'],
    [/halogen|lamp|magnifier|light/i, 'lamp-desk'],
    [/frame|poster|picture|photo/i, 'frame'],
    [/chair ?mat|mat\b|mats|carpet/i, 'layers'],
    [/wall (hanging|pocket|file)|pocket/i, 'inbox'],
    [/plant|flower/i, 'flower-2'],
    [/door|stop/i, 'door-open'],
    [/ash|smoke/i, 'trash'],
    [/tray|desk|accessor|holder|organizer/i, 'pencil-ruler'],
    'lamp',
  ],
  Tables: [[/round|oval|bull-nose|racetrack|end table|coffee/i, 'own-round-table'], [/drafting|drawing/i, 'drafting-compass'], 'own-table'],
  Appliances: [
    [/vac/i, 'robot-vacuum'],
    [/refrigerator|freezer/i, 'refrigerator'],
    [/microwave/i, 'microwave'],
    [/coffee|kettle|brew/i, 'coffee'],
    [/humidifier|mist/i, 'droplets'],
    [/heat/i, 'heater'],
    [/fan\b|air|filter|hepa/i, 'fan'],
    [/surge|outlet|protector|suppressor|power/i, 'plug'],
    'plug-zap',
  ],
  Art: [
    [/highlight|liter|accent/i, 'highlighter'],
    [/paint|watercolor|crayon|pastel/i, 'palette'],
    [/chalk|eras/i, 'eraser'],
    [/sharpener/i, 'pencil-ruler'],
    [/brush/i, 'paintbrush'],
    [/marker|\bpen\b|pens\b|newell/i, 'pen'],
    'pencil',
  ],
  Binders: [
    [/punch|binding (machine|system)|electric|docubind|velobind|proclick/i, 'book-copy'],
    [/comb|spine|ring/i, 'notebook'],
    [/index|tab|divider/i, 'notebook-tabs'],
    [/cover|report|presentation/i, 'book-text'],
    [/hang|hook|pocket/i, 'folder-open'],
    'book',
  ],
  Envelopes: [[/interoffice|string|tie/i, 'mails'], [/mailer|tyvek|padded/i, 'package'], [/clasp|flap|open/i, 'mail-open'], 'mail'],
  Fasteners: [[/push pin|pins|tack/i, 'pin'], [/rubber|band/i, 'torus'], [/staple/i, 'grip-horizontal'], 'paperclip'],
  Labels: [[/folder|file/i, 'tags'], [/dot|color|round/i, 'sticker'], 'tag'],
  Paper: [
    [/message|phone|telephone|voice/i, 'notebook-pen'],
    [/note|memo|post-it|sticky/i, 'sticky-note'],
    [/card|invitation/i, 'id-card'],
    [/form|receipt|invoice|carbonless/i, 'receipt-text'],
    [/computer|printout|continuous/i, 'scroll-text'],
    [/envelope/i, 'mails'],
    [/ruled|pad|steno|book|log/i, 'notepad-text'],
    [/southworth|parchment|strathmore|cotton/i, 'scroll'],
    'files',
  ],
  Storage: [
    [/cart|shuttle|rollaway|mobile/i, 'luggage'],
    [/shel(f|v)|rack/i, 'shelving-unit'],
    [/locker|cabinet|drawer/i, 'own-drawers'],
    [/tote|carry|portable/i, 'briefcase'],
    [/hanging|folder|pocket/i, 'folders'],
    [/box|file|data-pak/i, 'archive'],
    [/cube|bin|crate/i, 'box'],
    'package-open',
  ],
  Supplies: [
    [/opener/i, 'mail-open'],
    [/scissor|shear|trimmer|snip/i, 'scissors'],
    [/ruler/i, 'ruler'],
    [/knife|blade|cutter/i, 'pocket-knife'],
    'scissors',
  ],
  Accessories: [
    [/keyboard|keypad/i, 'keyboard'],
    [/mouse|trackball/i, 'mouse'],
    [/headset|headphone|kraken|sound/i, 'headset'],
    [/gamepad|gaming|joystick|controller/i, 'gamepad-2'],
    [/router|wireless-n|netgear|wi-?fi/i, 'router'],
    [/webcam|camera/i, 'webcam'],
    [/speaker/i, 'speaker'],
    [/hard drive|portable drive|my passport|desktop drive/i, 'hard-drive'],
    [/usb|flash|cruzer|traveldrive|micro vault/i, 'usb'],
    [/sdhc|memory card|card/i, 'memory-stick'],
    [/cd-?r|dvd|blu-ray|disc|disk/i, 'disc-3'],
    'usb',
  ],
  Copiers: ['printer'],
  Machines: [
    [/headset/i, 'headset'],
    [/shred|cut/i, 'shredder'],
    [/calculator/i, 'calculator'],
    [/3d|cube/i, 'printer-3d'],
    [/phone|telepresence|cisco/i, 'phone'],
    [/scan/i, 'scan-line'],
    [/label|receipt|card/i, 'receipt'],
    'printer',
  ],
  Phones: [
    [/conference|soundstation/i, 'podcast'],
    [/headset|earb|earpiece|headphone/i, 'headset'],
    [/speaker|jambox/i, 'speaker'],
    [/charger|\bpower\b|power ?bank|mah\b/i, 'smartphone-charging'],
    [/cable|lightning|adapter/i, 'cable'],
    [/case|cover|protector|skin|otterbox|armband|holder|mount/i, 'smartphone-nfc'],
    [/iphone|galaxy|samsung|htc|lumia|nokia|motorola|lg |smart/i, 'smartphone'],
    [/card reader|square|credit/i, 'credit-card'],
    [/two-way|radio/i, 'radio'],
    'phone',
  ],
}

/** Name of the icon a product is drawn with. */
export function iconOf({ subCategory, title }: Pick<Product, 'subCategory' | 'title'>): string {
  for (const rule of RULES[subCategory] ?? []) {
    if (typeof rule === 'string') return rule
    if (rule[0].test(title)) return rule[1]
  }
  return 'package'
}

/** The icon a sub-category itself is shown with. */
export function iconOfCategory(subCategory: string): string {
  return iconOf({ subCategory, title: '' })
}
