/**
 * Finds the string of a triple in its sentence: as whole words first, then as parts of words, each spelled alike first. In a
 * text of a script without spaces it stands wherever its letters do.
 */
import { findStarts } from '#main/text/find-words'
import type { TextRange } from '#main/text/range'
import { hasUnspaced } from '#main/text/unspaced'
import { wordsOf } from '#main/text/words'
import { lettersOf, piecesOf, type Piece } from './pieces.ts'

export interface StringPlaces {
  /** Every place, in code points of the text, in order; they may overlap. */
  readonly places: readonly TextRange[]
  /** Spelling of the text: the same, with letters composed differently (NFC, NFD), or without accents. */
  readonly spelling: 'same' | 'composed' | 'accents'
}

export interface StringFinder {
  /** null when the string stands nowhere. `foldAccents` also looks where the text has other accents, or none. */
  find(string: string, foldAccents: boolean): StringPlaces | null
}

export interface FinderOptions {
  /** Splits a string into words. */
  readonly split: (string: string) => readonly TextRange[]
  /** May a string begin or end within a word? */
  readonly canSplit: boolean
}

const spellings = [
  { spelling: 'same', fold: (text: string) => text },
  { spelling: 'composed', fold: (text: string) => text.normalize('NFC') },
  { spelling: 'accents', fold: foldAccents },
] as const
type Spelling = (typeof spellings)[number]

export function createStringFinder(text: string, tokens: readonly TextRange[], options: FinderOptions): StringFinder {
  const words = wordsOf(text, tokens)
  let pieces: readonly Piece[] | null = null
  const folded = new Map<string, readonly string[]>()
  /** Folds the words or pieces of the text to one spelling, once for all strings. */
  const foldOnce = (key: string, of: () => readonly string[], fold: (text: string) => string): readonly string[] => {
    const known = folded.get(key) ?? of().map(fold)
    folded.set(key, known)
    return known
  }

  function findWords(string: string, { spelling, fold }: Spelling): TextRange[] {
    const phrase = wordsOf(string, options.split(string)).map(fold)
    return findStarts(
      foldOnce(`words ${spelling}`, () => words, fold),
      phrase,
    ).map((first) => ({
      start: tokens[first]?.start ?? 0,
      end: tokens[first + phrase.length - 1]?.end ?? 0,
    }))
  }

  function findPieces(string: string, { spelling, fold }: Spelling): TextRange[] {
    const all = (pieces ??= piecesOf(text, tokens))
    const phrase = piecesOf(string, options.split(string))
    const keys = foldOnce(`pieces ${spelling}`, () => all.map((piece) => piece.text), fold)
    return findStarts(
      keys,
      phrase.map((piece) => fold(piece.text)),
    ).flatMap((first) => {
      const found = all.slice(first, first + phrase.length)
      const isSpacedAlike = found.every(({ isFirst }, at) => at === 0 || isFirst === phrase[at]?.isFirst)
      return isSpacedAlike ? [{ start: found[0]?.start ?? 0, end: found.at(-1)?.end ?? 0 }] : []
    })
  }

  let letters: readonly Piece[] | null = null
  function findLetters(string: string, { spelling, fold }: Spelling): TextRange[] {
    const all = (letters ??= lettersOf(text))
    const phrase = lettersOf(string).map((letter) => fold(letter.text))
    const keys = foldOnce(`letters ${spelling}`, () => all.map((letter) => letter.text), fold)
    return findStarts(keys, phrase).map((first) => ({
      start: all[first]?.start ?? 0,
      end: all[first + phrase.length - 1]?.end ?? 0,
    }))
  }

  const [same, composed, accents] = spellings
  const findParts = [findPieces, ...(hasUnspaced(text) ? [findLetters] : [])]
  return {
    find(string, withAccents) {
      const tries = [
        { spelling: same, findIn: findWords },
        { spelling: composed, findIn: findWords },
        ...(options.canSplit
          ? findParts.flatMap((findIn) => [same, composed].map((spelling) => ({ spelling, findIn })))
          : []),
        ...(withAccents ? [{ spelling: accents, findIn: findWords }] : []),
        ...(withAccents && options.canSplit ? findParts.map((findIn) => ({ spelling: accents, findIn })) : []),
      ]
      for (const { spelling, findIn } of tries) {
        const places = findIn(string, spelling)
        if (places.length > 0) return { places, spelling: spelling.spelling }
      }
      return null
    },
  }
}

export function foldAccents(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '')
}
