/** Casing: the shape of a word's letters, kept as a feature because the word itself is looked up in lower case. */

/** Class 0 stands on padding. */
export const casingClasses = [
  'padding',
  'lower',
  'capitalised',
  'upper',
  'mixed',
  'number',
  'with-digits',
  'without-letters',
] as const

/** Index into `casingClasses` of a word. */
export function casingOf(word: string): number {
  return casingClasses.indexOf(classOf(word))
}

function classOf(word: string): (typeof casingClasses)[number] {
  const hasLetter = /\p{L}/u.test(word)
  if (/\p{N}/u.test(word)) return hasLetter ? 'with-digits' : 'number'
  if (!hasLetter) return 'without-letters'
  const lower = word.toLowerCase()
  const upper = word.toUpperCase()
  // scripts without case are their own lower case
  if (word === lower) return 'lower'
  const [first = '', ...rest] = word
  const isTailLower = rest.join('') === rest.join('').toLowerCase()
  if (first !== first.toLowerCase() && isTailLower) return 'capitalised'
  return word === upper ? 'upper' : 'mixed'
}
