/**
 * Casing: the pattern of capital letters in a word. It is a feature of its own, since words are looked up in lower
 * case.
 */

/** Casing classes; class 0 marks padding. */
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

/** Index of a word's class in `casingClasses`. */
export function casingOf(word: string): number {
  return casingClasses.indexOf(classOf(word))
}

function classOf(word: string): (typeof casingClasses)[number] {
  const hasLetter = /\p{L}/u.test(word)
  if (/\p{N}/u.test(word)) return hasLetter ? 'with-digits' : 'number'
  if (!hasLetter) return 'without-letters'
  const lower = word.toLowerCase()
  const upper = word.toUpperCase()
  // scripts without case equal their own lower case
  if (word === lower) return 'lower'
  const [first = '', ...rest] = word
  const isTailLower = rest.join('') === rest.join('').toLowerCase()
  if (first !== first.toLowerCase() && isTailLower) return 'capitalised'
  return word === upper ? 'upper' : 'mixed'
}
