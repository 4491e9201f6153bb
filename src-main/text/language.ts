/** The language of a text: by its script, and within a script by its frequent words and its own letters. */
import { languageCodes, languages, type LanguageCode } from './languages/languages.ts'

/** Number of units at the beginning of a text that are looked at. */
const sampleLength = 20_000

/** Scripts that tell the language, or a few of which one is found by its words. Letters of scripts without spaces count thrice, as syllables do. */
const scripts = [
  {
    pattern: /\p{Script=Latin}/gu,
    weight: 1,
    codes: ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'cs', 'sv', 'tr'],
  },
  { pattern: /\p{Script=Cyrillic}/gu, weight: 1, codes: ['ru', 'uk'] },
  { pattern: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu, weight: 3, codes: ['zh', 'ja'] },
  { pattern: /\p{Script=Arabic}/gu, weight: 1, codes: ['ar', 'fa', 'ur'] },
  { pattern: /\p{Script=Greek}/gu, weight: 1, codes: ['el'] },
  { pattern: /\p{Script=Hangul}/gu, weight: 3, codes: ['ko'] },
  { pattern: /\p{Script=Thai}/gu, weight: 1, codes: ['th'] },
  { pattern: /\p{Script=Lao}/gu, weight: 1, codes: ['lo'] },
  { pattern: /\p{Script=Khmer}/gu, weight: 1, codes: ['km'] },
  { pattern: /\p{Script=Myanmar}/gu, weight: 1, codes: ['my'] },
  { pattern: /\p{Script=Hebrew}/gu, weight: 1, codes: ['he'] },
  { pattern: /\p{Script=Devanagari}/gu, weight: 1, codes: ['hi'] },
  { pattern: /\p{Script=Armenian}/gu, weight: 1, codes: ['hy'] },
  { pattern: /\p{Script=Ethiopic}/gu, weight: 1, codes: ['am'] },
  { pattern: /\p{Script=Georgian}/gu, weight: 1, codes: ['ka'] },
] as const satisfies readonly { pattern: RegExp; weight: number; codes: readonly LanguageCode[] }[]

/** English when a text of Latin letters tells nothing, 'und' (another language) when its words are those of none that is known. */
export function findLanguage(text: string): LanguageCode {
  const sample = text.slice(0, sampleLength)
  const codes = scriptOf(sample)
  if (!codes) return /\p{L}/u.test(sample) ? 'und' : 'en'
  const [code] = codes
  switch (code) {
    case 'en':
    case 'ru':
      return byWords(sample, codes, code)
    case 'zh':
      return 10 * countMatches(sample, kana) > countMatches(sample, han) ? 'ja' : 'zh'
    case 'ar':
      return arabicScript(sample)
    default:
      return code
  }
}

/** Latin letters, and what stands with them. */
const onlyLatin = /^[\0-\u024f\u2000-\u20cf]{0,20000}$/

/** Languages of the script that most letters have; undefined without a letter of a known one. */
function scriptOf(sample: string): (typeof scripts)[number]['codes'] | undefined {
  if (onlyLatin.test(sample)) return countMatches(sample, /[a-z]/i) > 0 ? scripts[0].codes : undefined
  const [first] = scripts
    .map(({ pattern, weight, codes }) => ({ codes, letters: weight * countMatches(sample, pattern) }))
    .toSorted((x, y) => y.letters - x.letters)
  return first && first.letters > 0 ? first.codes : undefined
}

const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/gu
const han = /\p{Script=Han}/gu

/** Words of a text below which it tells too little to be called another language. */
const enough = 30

function byWords(sample: string, codes: readonly LanguageCode[], usual: LanguageCode): LanguageCode {
  const words = Array.from(sample.matchAll(/\p{L}{1,100}/gu), ([word]) => word.toLowerCase())
  const scores = scoresOf(words, sample)
  const best = codes.reduce((found, code) => ((scores.get(code) ?? 0) > (scores.get(found) ?? 0) ? code : found), usual)
  const score = scores.get(best) ?? 0
  if (usual === 'en' && words.length >= enough && (score < words.length / 20 || !hasSeveral(words, best))) return 'und'
  return score >= 1.2 * (scores.get(usual) ?? 0) ? best : usual
}

/** Whether at least four of the language's frequent words occur: one of them may be a word of many languages. */
function hasSeveral(words: readonly string[], code: LanguageCode): boolean {
  return [...new Set(words)].filter((word) => languages[code].frequent.has(word)).length >= 4
}

/** Languages by their frequent words, and by the letters that few others have. */
const byWord = codesBy((code) => languages[code].frequent)
const byLetter = codesBy((code) => languages[code].letters)

function codesBy(of: (code: LanguageCode) => Iterable<string>): ReadonlyMap<string, readonly LanguageCode[]> {
  const codes = new Map<string, LanguageCode[]>()
  for (const code of languageCodes) for (const key of of(code)) codes.set(key, [...(codes.get(key) ?? []), code])
  return codes
}

/** Of each language the number of its frequent words, and half for each letter of its own. */
function scoresOf(words: readonly string[], sample: string): ReadonlyMap<LanguageCode, number> {
  const scores = new Map<LanguageCode, number>()
  const add = (codes: readonly LanguageCode[] | undefined, score: number) => {
    for (const code of codes ?? []) scores.set(code, (scores.get(code) ?? 0) + score)
  }
  for (const word of words) add(byWord.get(word), 1)
  for (const [letter] of sample.matchAll(/[^\0-\x7f]/gu)) add(byLetter.get(letter.toLowerCase()), 0.5)
  return scores
}

function arabicScript(sample: string): LanguageCode {
  if (/[ٹڈڑںےہ]/u.test(sample)) return 'ur'
  return countMatches(sample, /[پچژگیک]/gu) > countMatches(sample, /[يةكى]/gu) ? 'fa' : 'ar'
}

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

/** Units of a text that is looked at for itself, and of the short texts that are looked at together. */
const longText = 400
const firstTexts = 2000

export interface LanguageFinder {
  /** The language of the next text of a file. A short one has that of the first short ones, which are looked at together. */
  languageOf(text: string): LanguageCode
}

export function createLanguageFinder(): LanguageFinder {
  let before = ''
  let found: LanguageCode | null = null
  return {
    languageOf(text) {
      if (text.length >= longText) return findLanguage(text)
      if (found !== null) return found
      before += `${text}\n`
      const language = findLanguage(before)
      if (before.length >= firstTexts) found = language
      return language
    },
  }
}
