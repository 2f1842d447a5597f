/** What the tabs of a namespace tell each other. It carries no content, only that something changed. */
export type TabNews = 'history' | 'forgotten' | 'denied' | 'granted'

const NEWS: readonly unknown[] = ['history', 'forgotten', 'denied', 'granted'] satisfies TabNews[]

/**
 * Joins the tabs of a namespace by BroadcastChannel.
 * @param hear gets what other tabs say. What arrives was said by code of this origin, so it is only compared, never run.
 * @returns says something to the others.
 */
export function joinTabs(namespace: string, hear: (news: TabNews) => void): (news: TabNews) => void {
  const channel = new BroadcastChannel(`sotto:${namespace}`)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (NEWS.includes(data)) hear(data as TabNews) // one of the four, as just seen
  }
  return (news) => channel.postMessage(news)
}
