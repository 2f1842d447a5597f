/** What an office has and Lucide has not, drawn to its rules: 24 units square, a line of 2, round ends. */
export const OWN_ICONS: Readonly<Record<string, string>> = {
  'own-table': 'M2 8h20M4 8v12M20 8v12M2 8V6h20v2M4 12h16',
  'own-round-table': 'M2 8.5C2 6.6 6.5 5 12 5s10 1.6 10 3.5S17.5 12 12 12 2 10.4 2 8.5ZM12 12v7M7.5 21c0-1.5 2-2 4.5-2s4.5.5 4.5 2',
  'own-desk-chair':
    'M8.5 2h7a1.5 1.5 0 0 1 1.5 1.6l-.5 6.4h-9L7 3.6A1.5 1.5 0 0 1 8.5 2ZM6 13.5h12M4.5 9.5v2a2 2 0 0 0 2 2M19.5 9.5v2a2 2 0 0 1-2 2M12 13.5V19M6 21.5l6-2.5 6 2.5',
  'own-plain-chair': 'M6.5 2.5h9.5v8H6.5ZM6.5 10.5V13M16 10.5V13M5 13h13v2H5ZM6 15v7M17 15v7M6 19h11',
  'own-drawers': 'M5 2h14v20H5ZM5 8.7h14M5 15.3h14M10.5 5.3h3M10.5 12h3M10.5 18.7h3',
}
