/**
 * Beginnings of words, accents dropped, that say what article 9 of the GDPR protects: health and genes, sex life and orientation, religion
 * and belief, politics and trade unions, ethnic origin; in English, German, French and Spanish. A look-ahead spares a neighbour:
 * no sextant is found by `sex`, no medicine ball by `medic`.
 */
const STARTS =
  'health(?!y)|sante(?![a-z])|salud(?!a)|medi[ckz](?!\\w* ?(ball|cab))|pharma|farma|apothek|diseas|illness|krank|maladi|enferm|diabet|' +
  'cancer|krebs(?!t|e)|hiv(?![a-z])|all?erg|migra[in]|in[ck]ontinen|pregnan|matern|schwanger|umstands|grossesse|femmes? enceinte|' +
  'embaraz|fertili[td]|contracep|anticoncep|verhut|menopaus|abort|avort|abtreib|depress|mental|psychi|therap|disab|behinder|' +
  'handicap[pe]|discapac|wheelchair|rollst|prothes|protesis|prosthe|vaccin(?!iu)|impf|vacun|blood (?!or)|blut[dz]|surge[ro]|surgic|' +
  'hospital(?!i)|addict|adicc|sucht|al[ck]oholism|alkoholik|hearing aid|horger|geneti|dna(?![a-z])|sex(?!t[aeu]|ton)|erot|porn|[ck]ondom(?!i)|' +
  'preservatif|preservativo|gay(?![a-z])|lesb|lgbt|homosex|bisex|transgen|transs?ex|relig|christent|church(?!i)|kirch|eglis|iglesia|' +
  'bible|bibel|biblia|[kc]oran(?![a-z])|quran|islam|m[uo]slim|musulm|halal|kos[cs]?her|jewish|judai|judis|jui[fv]|hindu|bou?d?dhis|' +
  'budis|[ck]atholi|catoli|mosque|moschee|synago|prayer|[ck]ommunion|politi|wahlkampf|so[cz]ialis|[ck]ommunis|trade union|' +
  'labou?r union|gewerks|syndicat(?![ei])|sindica|ethni|etni|racial|afro|refugee|fluchtl'

/** German puts such words last, too. */
const ANYWHERE = 'gesundheit|krankheit|schwangerschaft'
const SENSITIVE = new RegExp(`(?<![a-z])(?:${STARTS})|${ANYWHERE}`)
/** Of a department of soap and shampoo, "Health & Beauty", the first word tells nobody's health. */
const BARE_HEALTH = /\b(?:health|gesundheit|sante|salud)\b/g
const BEAUTY = /\b(?:beaut|schonheit|belleza)/

/**
 * Looks for a word that tells what no plan may ask about. What anybody buys without being ill passes (first aid, vitamins, fitness,
 * toothpaste, "Health & Beauty"); pregnancy, allergies and what a pharmacy sells do not (Court of Justice of the EU, C-21/23). No list
 * knows every word: the site answers for its plan.
 *
 * @param label name of a category, in any case, with or without accents.
 * @returns the beginning of the word that was found; `undefined` where none was.
 */
export function sensitiveWord(label: string): string | undefined {
  const plain = label.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  const words = BEAUTY.test(plain) ? plain.replace(BARE_HEALTH, '') : plain
  return SENSITIVE.exec(words)?.[0]
}
