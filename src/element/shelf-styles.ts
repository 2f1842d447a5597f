/**
 * The shelf's style sheet, adopted by every shelf's shadow root.
 *
 * Colours are mixtures of the text colour that the shelf inherits, so that it fits a light page, a dark one and one that switches by a
 * button alike. Sizes follow the inherited font size.
 *
 * The last row's gap reaches below the shelf, over what the page has there: only what stands in a card takes clicks.
 *
 * Custom properties: `--sotto-shelf-columns` (overrides the automatic count), `--sotto-shelf-gap`, `--sotto-shelf-radius`,
 * `--sotto-shelf-surface`, `--sotto-shelf-muted`, `--sotto-shelf-accent`, `--sotto-shelf-min-height`. Parts:
 * `region heading list card picture image initial kind link title price because`.
 */
export const SHELF_CSS = `
:host{display:block;min-height:var(--sotto-shelf-min-height,auto)}
:host([hidden]),[hidden]{display:none!important}
section{display:contents}
section[aria-label]{display:flow-root;container-type:inline-size;contain-intrinsic-inline-size:10rem;grid-column:1/-1;flex:1 1 100%}
section>*{--n:1;--g:var(--sotto-shelf-gap,1rem)}
h2{margin:0 0 .8em;font-size:1.375em;font-weight:650;line-height:1.25;letter-spacing:-.015em}
ul,::slotted([slot=sotto-results]){display:grid;grid-template-columns:repeat(var(--sotto-shelf-columns,var(--n)),minmax(0,1fr));gap:var(--g);margin:0;padding:0;list-style:none}
ul{--r:calc(var(--g)*1.5);row-gap:0;margin-bottom:calc(var(--r)*-1);pointer-events:none}
li{--b:var(--sotto-shelf-radius,.75rem);position:relative;display:grid;grid-row:span 5;grid-template-rows:subgrid;row-gap:0;padding-bottom:var(--r)}
li>*{grid-column:1;min-width:0;overflow-wrap:anywhere;pointer-events:auto}
[part=picture]{grid-row:1;position:relative;aspect-ratio:1;border-radius:var(--b);overflow:hidden;margin-bottom:.75em;background:var(--sotto-shelf-surface,color-mix(in srgb,currentColor 6%,transparent))}
img,[part=initial]{position:absolute;inset:0;width:100%;height:100%;object-fit:cover}
[part=initial]{display:grid;place-content:center;font-size:2.5em;font-weight:600;opacity:.22}
img:not([hidden])+*{display:none}
[part=kind],[part=because]{color:var(--sotto-shelf-muted,color-mix(in srgb,currentColor 68%,transparent));font-size:.8125em;line-height:1.4}
[part=kind]{grid-row:2;margin-bottom:.15em;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
a{grid-row:3;color:inherit;text-decoration:none;cursor:pointer;outline:0}
a::after{content:"";position:absolute;inset:0 0 var(--r);border-radius:var(--b)}
a:focus-visible::after{outline:2px solid var(--sotto-shelf-accent,currentColor);outline-offset:4px}
[part=title],[part=because]{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
[part=title]{font-size:.9375em;font-weight:500;line-height:1.35;height:2.7em}
[part=price]{grid-row:4;margin-top:.35em;font-weight:650;line-height:1.4;font-variant-numeric:tabular-nums}
[part=because]{grid-row:5;margin-top:.35em;font-size:.75em}
@media(hover:hover){li:hover [part=title]{text-decoration:underline 1px;text-underline-offset:.2em}li:hover img{transform:scale(1.03)}}
@media(prefers-reduced-motion:no-preference){img{transition:transform .3s ease-out}}
@media(prefers-color-scheme:dark){img{filter:brightness(.94)}}
@container(min-width:300px){section>*{--n:2}}
@container(min-width:480px){[data-fit="3"]>*,[data-fit="6"]>*{--n:3}}
@container(min-width:600px){section>*{--g:var(--sotto-shelf-gap,1.5rem)}[data-fit="4"]>*,[data-fit="5"]>*{--n:4}}
@container(min-width:900px){[data-fit="5"]>*{--n:5}}
@container(min-width:1080px){[data-fit="6"]>*{--n:6}}
@container(max-width:299px){li{grid-row:auto;grid-template:0 auto auto auto 1fr/5.5em 1fr;column-gap:.875em}li>*{grid-column:2}[part=picture]{grid-area:1/1/6;align-self:start;margin:0}}
`
