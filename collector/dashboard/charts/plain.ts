/** What all charts have in common. The class is styled in `chart.css`; Plot's own style sheet is taken out. */
export const PLAIN = {
  className: 'chart',
  style: { fontSize: '13px', fontFamily: 'inherit', color: 'var(--muted)', background: 'none' },
} as const
