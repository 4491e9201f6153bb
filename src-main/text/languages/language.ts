/** Language: what a language tells of the borders of its words and sentences. */

/** Where an abbreviation stands; after one that stands elsewhere a sentence may end. */
export type AbbreviationUse = 'before a name' | 'before a number' | 'elsewhere'

export interface Language {
  /** English name: "German". */
  readonly name: string
  /** Abbreviations without their full stop. One letter is looked up as it is written here, longer ones in any case. */
  readonly abbreviations: ReadonlyMap<string, AbbreviationUse>
  /** Words that begin a sentence after an abbreviation; any other word more likely continues it. */
  readonly starters: ReadonlySet<string>
  /** Abbreviations with a full stop inside, which are one word: "Ph.D.". */
  readonly compounds: readonly string[]
  /** Ends of words that are abbreviations: "str" of "Bahnhofstr.". */
  readonly suffixes: readonly string[]
  /** Words that stand before an apostrophe and end with it: "l" of "l’usine". */
  readonly elisions: readonly string[]
  /** A number with a full stop is an ordinal: "3. Mai". */
  readonly hasOrdinals: boolean
  /** Marks of its own that end a sentence: the Greek question mark. */
  readonly terminators: string
  /** Frequent words in lower case, by which the language is known among those of its script. */
  readonly frequent: ReadonlySet<string>
  /** Letters that few other languages of the script have. */
  readonly letters: string
}

interface Stated {
  readonly name: string
  readonly beforeName?: string
  readonly beforeNumber?: string
  readonly elsewhere?: string
  readonly starters?: string
  readonly compounds?: string
  readonly suffixes?: string
  readonly elisions?: string
  readonly hasOrdinals?: boolean
  readonly terminators?: string
  readonly frequent?: string
  readonly letters?: string
}

/** A language from lists of words that spaces set apart. */
export function defineLanguage(stated: Stated): Language {
  const uses = [
    ['before a name', stated.beforeName],
    ['before a number', stated.beforeNumber],
    ['elsewhere', stated.elsewhere],
  ] as const
  return {
    name: stated.name,
    abbreviations: new Map(uses.flatMap(([use, words]) => listOf(words).map((word) => [word, use] as const))),
    starters: new Set(listOf(stated.starters)),
    compounds: listOf(stated.compounds),
    suffixes: listOf(stated.suffixes),
    elisions: listOf(stated.elisions),
    hasOrdinals: stated.hasOrdinals ?? false,
    terminators: stated.terminators ?? '',
    frequent: new Set(listOf(stated.frequent)),
    letters: stated.letters ?? '',
  }
}

function listOf(words: string | undefined): string[] {
  return (words ?? '').split(/\s+/).filter((word) => word !== '')
}

/** How a word is used as an abbreviation; undefined when it is none. */
export function abbreviationUse(word: string, { abbreviations, suffixes }: Language): AbbreviationUse | undefined {
  const use = abbreviations.get(word) ?? (word.length > 1 ? abbreviations.get(word.toLowerCase()) : undefined)
  if (use !== undefined) return use
  return suffixes.some((suffix) => word.endsWith(suffix)) ? 'elsewhere' : undefined
}
