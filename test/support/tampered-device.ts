/** Members of a device that a test replaces. */
export type DeviceChanges = Partial<Pick<GPUDevice, 'createBuffer' | 'popErrorScope' | 'createShaderModule'>> & {
  readonly limits?: Partial<Record<keyof GPUSupportedLimits, number>>
}

/** A device that does what the given one does, but for what is replaced. */
export function tamperedDevice(device: GPUDevice, changes: DeviceChanges): GPUDevice {
  return new Proxy(device, {
    get(target, name) {
      const value: unknown = name in changes ? Reflect.get(changes, name) : Reflect.get(target, name)
      // Methods of the browser refuse to be called on anything but the device itself.
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
