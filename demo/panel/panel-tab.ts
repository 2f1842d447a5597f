/** One tab of the panel. */
export type PanelTab = {
  readonly id: string
  readonly label: string
  readonly element: HTMLElement
  /** Brings the tab up to date; called when it is shown and whenever something changed while it is. */
  readonly draw: () => Promise<void> | void
}
