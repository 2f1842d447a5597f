/** What keeps a calibration for later pages. */
type CalibrationDisk = {
  /** Whatever was last kept; `undefined` where nothing was. */
  calibration(): Promise<unknown>
  setCalibration(value: unknown): Promise<void>
}

/** Remembers the outcome of a calibration: for this worker, and for later pages as long as the disk may be used. */
export class CalibrationMemory {
  #disk: CalibrationDisk | undefined
  #latest: unknown
  #writing: Promise<void> | undefined

  constructor(disk: CalibrationDisk | undefined) {
    this.#disk = disk
  }

  /** The disk may be used from now on, or no longer: what was remembered is then dropped, and it resolves when nothing is being written any more. */
  async setDisk(disk: CalibrationDisk | undefined): Promise<void> {
    this.#disk = disk
    if (!disk) this.#latest = undefined
    await this.#writing?.catch(() => {}) // whoever writes hears of it
  }

  /** What was last written here or on an earlier page, as it was found. May reject with a storage code. */
  async read(): Promise<unknown> {
    return this.#latest ?? this.#disk?.calibration()
  }

  /** May reject with a storage code; remembered for this worker even then. */
  async write(value: unknown): Promise<void> {
    this.#latest = value
    this.#writing = this.#disk?.setCalibration(value)
    await this.#writing
  }
}
