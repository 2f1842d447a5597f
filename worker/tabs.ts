import type { ChangeKind } from '../src/shared/contract'

/**
 * Joins the tabs of a namespace by BroadcastChannel; carries no content, only that something changed.
 * @param hear gets what other tabs say. What it gets was said by code of this origin, so it is only compared, never run.
 * @returns says something to the others.
 */
export function joinTabs(namespace: string, hear: (change: ChangeKind) => void): (change: ChangeKind) => void {
  const channel = new BroadcastChannel(`sotto:${namespace}`)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data === 'history' || data === 'forgotten' || data === 'denied') hear(data)
  }
  return (change) => channel.postMessage(change)
}
