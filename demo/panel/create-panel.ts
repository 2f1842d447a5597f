import type { Sotto } from 'sotto'
import type { Catalogue } from '../catalogue/catalogue'
import type { ModelChoice } from '../models/model-choice'
import type { Answer } from '../parts/consent-banner'
import type { Cart } from '../shop/cart'
import type { Faults } from '../shop/faults'
import type { Requests } from '../shop/requests'
import { engineTab } from './engine-tab'
import { memoryTab } from './memory-tab'
import { modelsTab } from './models-tab'
import { networkTab } from './network-tab'
import { Panel } from './panel'
import { reasonsTab } from './reasons-tab'
import { signalsTab } from './signals-tab'

export type PanelOptions = {
  readonly sotto: Sotto
  readonly catalogue: Catalogue
  readonly models: ModelChoice
  readonly cart: Cart
  readonly requests: Requests
  readonly faults: Faults
  readonly choose: (consent: Answer) => void
  /** What is out of reach while the panel covers the page. */
  readonly behind: readonly HTMLElement[]
}

/** The panel with its six tabs, kept up to date by whatever changes. */
export function createPanel({ sotto, catalogue, models, cart, requests, faults, choose, behind }: PanelOptions): Panel {
  const tabs = [
    memoryTab(sotto, cart, choose),
    reasonsTab(sotto, catalogue),
    modelsTab(sotto, models, faults),
    engineTab(sotto, faults),
    networkTab(requests),
    signalsTab(sotto, () => panel.redraw()),
  ] as const
  const panel = new Panel(tabs, behind, faults.add)
  sotto.on('change', panel.redraw)
  models.addEventListener('change', panel.redraw)
  requests.addEventListener('change', panel.redraw)
  faults.addEventListener('change', panel.redraw)
  addEventListener('sotto-shelf:rendered', panel.redraw)
  addEventListener('hashchange', panel.redraw)
  return panel
}
