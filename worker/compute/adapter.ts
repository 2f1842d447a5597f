/** Names of adapters that compute on the CPU: slower there than plain JavaScript is. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i

/**
 * Asks the browser for its GPU.
 * @returns `undefined` where there is none, or the browser refuses one.
 */
export async function probeAdapter(gpu: GPU): Promise<GPUAdapter | undefined> {
  return (await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null)) ?? undefined
}

/** What the adapter says of itself, e.g. `nvidia ampere`; `unnamed adapter` where it says nothing. */
export function describeAdapter({ info }: GPUAdapter): string {
  // Browsers had WebGPU before they had this; the types know only the newer ones.
  const { vendor, architecture, device, description } = (info as GPUAdapterInfo | undefined) ?? {}
  return [vendor, architecture, device, description].filter(Boolean).join(' ') || 'unnamed adapter'
}

/** Whether the adapter is the CPU in disguise. */
export function isSoftware(adapter: GPUAdapter): boolean {
  return adapter.info?.isFallbackAdapter || SOFTWARE.test(describeAdapter(adapter))
}
