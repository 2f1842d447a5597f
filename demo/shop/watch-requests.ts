const PATIENCE_MS = 2_000 // a service worker installs in well under a second; a shop must not wait for one that cannot

/**
 * Starts the service worker that sees all requests.
 *
 * @returns resolves when it watches this page, or when it is clear that it will not soon: then the panel says so.
 */
export async function watchRequests(
  container: ServiceWorkerContainer | undefined,
  script: URL,
  onFault: (thrown: unknown) => void,
): Promise<void> {
  if (!container) return
  const controlled = new Promise<void>((resolve) => {
    if (container.controller) resolve()
    else container.addEventListener('controllerchange', () => resolve(), { once: true })
  })
  const patience = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS))
  const registered = container.register(script).then(() => controlled, onFault)
  await Promise.race([registered, patience])
}
