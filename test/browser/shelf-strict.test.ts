import { expect, it } from 'vitest'
import { patiently } from '../support/patiently'

const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self' ws:; style-src 'self'; img-src 'self' blob:; require-trusted-types-for 'script'"

/** Opens a frame under the policy and lists what the policy refused. */
async function openStrictPage(markup: string) {
  const frame = document.createElement('iframe')
  const script = new URL('./shelf-strict-page.ts', import.meta.url).href
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}">${markup}<script type="module" src="${script}"></script>`
  const refused: string[] = []
  document.body.replaceChildren(frame)
  await patiently(() => expect(frame.contentDocument?.body?.childElementCount).toBeGreaterThan(0))
  const inner = frame.contentDocument!
  inner.addEventListener('securitypolicyviolation', (event) => refused.push(`${event.effectiveDirective} ${event.blockedURI}`))
  return { inner, refused }
}

it.each(['', '<template><a data-sotto-href="url" data-sotto-text="title"></a></template>'])(
  'works under a strict policy (%s)',
  async (template) => {
    const { inner, refused } = await openStrictPage(`<sotto-shelf label="For you"><p>Popular</p>${template}</sotto-shelf>`)
    const shelf = inner.querySelector('sotto-shelf')!
    await patiently(() => expect([...shelf.querySelectorAll('li'), ...(shelf.shadowRoot?.querySelectorAll('li') ?? [])]).toHaveLength(2))
    const nodes = [shelf, ...shelf.querySelectorAll('*'), ...shelf.shadowRoot!.querySelectorAll('*')]
    expect(nodes.filter((node) => node.hasAttribute('style') || node.localName === 'style')).toEqual([])
    expect(inner.defaultView!.getComputedStyle(shelf.shadowRoot!.querySelector('section')!).display).toBe('flow-root')
    // The foreign picture is the page's own choice, and was refused: the check hears what is refused.
    await patiently(() => expect([...new Set(refused)]).toEqual(template ? [] : ['img-src https://elsewhere.example/b.png']))
  },
)
