/** English tagger: parts of speech of the words of a sentence by wink-nlp, which finds words of its own. */
import { taggerPackages } from './find-tagger.ts'

/** Parts of speech of the words of one sentence, one for each. */
export type TagWords = (words: readonly string[]) => readonly (string | null)[]

/** The parts of wink-nlp that are used here. */
interface Wink {
  readonly its: { readonly value: unknown; readonly pos: unknown }
  readDoc(text: string): { tokens(): { out(property: unknown): readonly string[] } }
}

/** Loads the packages at run time, since they are optional. @throws Error where they are not installed. */
export async function loadEnglishTagger(): Promise<TagWords> {
  const load = async (name: string): Promise<unknown> => ((await import(name)) as { readonly default: unknown }).default
  const open = (await load(taggerPackages.program)) as (model: unknown, parts: readonly string[]) => Wink
  const wink = open(await load(taggerPackages.model), ['pos'])
  return (words) => tagWords(wink, words)
}

/** Parts of speech of pieces that are never the head of a word: the "'s" of "Ada's", the "n't" of "can't". */
const neverHeads: ReadonlySet<string | null> = new Set(['PUNCT', 'PART'])

/**
 * Words that the tagger divides ("well-known", "can't") get the part of speech of their last piece that can be a head.
 * A word that it does not find gets none.
 */
function tagWords(wink: Wink, words: readonly string[]): (string | null)[] {
  const text = words.join(' ')
  const tokens = wink.readDoc(text).tokens()
  const tags = tokens.out(wink.its.pos)
  const found: (string | null)[] = words.map(() => null)
  let [word, end, from] = [0, words[0]?.length ?? 0, 0]
  for (const [at, value] of tokens.out(wink.its.value).entries()) {
    const start = text.indexOf(value, from)
    if (start < 0) continue
    from = start + value.length
    while (start >= end && word < words.length - 1) end += 1 + (words[++word]?.length ?? 0)
    const tag = tags[at] ?? null
    if (found[word] === null || !neverHeads.has(tag)) found[word] = tag
  }
  return found
}
