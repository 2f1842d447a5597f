/** Ends in a later task, so that the page can draw and answer in between. Not a timer: those wait 4 ms after a few turns (HTML, timers, step 11). */
export function rest(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
