/**
 * Makers that the product names begin with, as they write themselves. Found by counting the leading words of all names and
 * leaving out those that are no makers (`Recycled`, `Wirebound`, `Staple`). The longest that fits wins.
 */
const BRANDS =
  `3D Systems|3M|AT&T|Acco|Acme|Adams|Advantus|Alliance|Ampad|Anker|Apple|Atlantic Metals|Ativa|Avanti|Avaya|Avery|BIC|Balt|Barricks|Belkin|Bevis
Binney & Smith|Bose|Boston|Bretford|Brother|Bush|C-Line|Cameo|Canon|Cardinal|Carina|Chromcraft|Cisco|Clarity|Coloredge|Cubify|Cyber Acoustics|DAX|DMI|DXL|Dana
Deflect-o|Dixon|Eaton|Eldon|Electrix|Enermax|Epson|Eureka|Executive Impressions|Faber-Castell|Fellowes|Fiskars|First Data|Floodlight|GBC|GE|Geemarc|Global|Google
Gould Plastics|HP|HTC|Harmony|Hewlett Packard|Hewlett-Packard|Holmes|Hon|Honeywell|Hoover|Howard Miller|Hunt|Ibico|Iceberg|Imation|Iris|Jabra|Jawbone|Jensen
KI|KeyTronic|Kensington|Kingston|Konica Minolta|LG|Lenovo|Lesro|Lexmark|LogMeIn|Logitech|Luxo|Master Caster|Master Giant|Maxell|Memorex|Microsoft|Mitel|Motorola
NETGEAR|Newell|Nokia|Nortel|Novimex|Nu-Dell|O'Sullivan|OIC|Office Star|Okidata|Olympus|OtterBox|Panasonic|Perixx|Philips|Plantronics|Plantronics Audio|Polycom|Prang
Premier|Prismacolor|PureGear|Quartet|RCA|Razer|Rediform|Revere|Ricoh|Riverside Furniture|Rogers|Rush Hierlooms|SAFCO|Samsung|SanDisk|Sanford|Sanyo|Sauder|Seth Thomas
Sharp|Shocksock|Situations|Smead|Sony|Southworth|Space Solutions|Speck|Square|Stanley|Star Micronics|Sterling|Stockwell|Storex|Strathmore|TOPS|TRENDnet|Tenex
Tennsco|Tensor|Texas Instruments|Tripp Lite|Tyvek|Universal|Verbatim|VTech|Virco|WD|Wausau Papers|Westinghouse|Wilson Jones|Wilson|Xerox|Zebra|Zebra Technologies|i.Sound|iOttie|invisibleSHIELD`
    .split(/[|\n]/)
    .sort((a, b) => b.length - a.length)

/** Makers that write themselves in more than one way. */
const ONE_NAME: Readonly<Record<string, string>> = {
  'Hewlett-Packard': 'HP',
  'Hewlett Packard': 'HP',
  'Plantronics Audio': 'Plantronics',
  'Zebra Technologies': 'Zebra',
  Wilson: 'Wilson Jones',
  SAFCO: 'Safco',
}

const PATTERNS = BRANDS.map((brand) => ({ brand: ONE_NAME[brand] ?? brand, pattern: leading(brand) }))

/**
 * The maker a product name begins with, or ends with after "by".
 *
 * @returns `undefined` where the name gives none.
 */
export function brandOf(title: string): string | undefined {
  const found = PATTERNS.find(({ pattern }) => pattern.test(title))
  if (found) return found.brand
  const maker = / by ([A-Z][\w.]+)$/.exec(title)?.[1]
  return BRANDS.find((brand) => brand.toLowerCase() === maker?.toLowerCase())
}

function leading(brand: string): RegExp {
  return new RegExp(`^${brand.replace(/[.*+?^$()|[\]\\]/g, '\\$&')}(?![\\w])`, 'i')
}
