import type { ModelsFile } from './models-file'

/** Loads what is known of the pack's models. Rejects when the file is not there. */
export async function loadModels(): Promise<ModelsFile> {
  const url = new URL('models.json', document.baseURI)
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}; run the catalogue's build step`)
  return (await response.json()) as ModelsFile // written by this project's own build step
}
