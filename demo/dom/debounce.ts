/** Calls `action` once nothing has been asked for `waitMs`; only the last call counts. */
export function debounce<Args extends readonly unknown[]>(action: (...args: Args) => void, waitMs: number): (...args: Args) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (...args) => {
    clearTimeout(timer)
    timer = setTimeout(() => action(...args), waitMs)
  }
}
