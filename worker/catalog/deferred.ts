/** A promise settled from outside; what it says first is final. A rejection that nobody waits for is no defect. */
export type Deferred<T> = {
  readonly promise: Promise<T>
  readonly isSettled: boolean
  resolve(value: T): void
  reject(reason: unknown): void
}

export function createDeferred<T>(): Deferred<T> {
  let isSettled = false
  let settle!: { resolve: (value: T) => void; reject: (reason: unknown) => void } // set by the next line, before it returns
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject }
  })
  promise.catch(() => {})
  return {
    promise,
    get isSettled() {
      return isSettled
    },
    resolve(value) {
      isSettled = true
      settle.resolve(value)
    },
    reject(reason) {
      isSettled = true
      settle.reject(reason)
    },
  }
}
