/** English abbreviations written with a full stop, and words that usually begin a sentence. */

type Use = 'before a name' | 'elsewhere'

const beforeName = 'mr mrs ms mx dr prof rev fr sr st gen maj capt lt sgt cmdr adm sen rep gov pres messrs mme mlle vs'
const elsewhere =
  'jr inc ltd corp co bros llc plc dept univ assn approx etc al jan feb apr jun jul aug sept oct nov dec ave blvd'

/** The abbreviations in lower case, without the full stop. Those that are also common words (no, fig, mar) are left out. */
export const abbreviations: ReadonlyMap<string, Use> = new Map<string, Use>([
  ...beforeName.split(' ').map((word) => [word, 'before a name'] as const),
  ...elsewhere.split(' ').map((word) => [word, 'elsewhere'] as const),
])

/** Words that begin a new sentence after "Inc." or "U.S."; any other capitalised word more likely continues the sentence. */
export const sentenceStarters: ReadonlySet<string> = new Set(
  'The A An He She It They We You I In On At By For From After Before When While If As But And This That These Those His Her Its Their There Although However Since Until Once Today Later Then'.split(
    ' ',
  ),
)
