/**
 * Merges what several annotators say of one text into one Doc with layers. Words end wherever they end in one of them, sentences where
 * they end in all, so that every span and relation keeps its place, to the character.
 */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc, DocLayer, SentenceAnnotation } from '#main/document/annotated-doc'
import type { AnnotatedRelation, AnnotatedSpan } from '#main/document/annotation'
import type { Sentence, Token } from '#main/document/doc'
import type { LayerKind } from '#main/document/layer'
import { isJsonObject } from '../shared/fields.ts'

export interface AnnotatorDoc {
  readonly name: string
  readonly kind: LayerKind
  readonly doc: AnnotatedDoc
}

/** Docs of one text can be merged unless they have refusals or histories, which count words, and their words would change. */
export function canMerge(docs: readonly AnnotatedDoc[]): boolean {
  const [first, ...others] = docs
  if (!first || others.some(({ text }) => text !== first.text)) return false
  if (others.every((other) => isSameLayout(first, other))) return true
  const said = docs
    .flatMap((doc) => [doc.annotations, ...(doc.layers ?? []).map(({ annotations }) => annotations)])
    .flat()
  return said.every((own) => own === null || (own.rejections.length === 0 && own.history.length === 0))
}

/** @param docs Docs of the same text that `canMerge`; the first gives the annotation that is edited. */
export function mergeDocs(docs: readonly [AnnotatorDoc, ...AnnotatorDoc[]]): AnnotatedDoc {
  const [{ doc: main }, ...others] = docs
  const layout = others.every(({ doc }) => isSameLayout(main, doc)) ? main : commonLayout(docs.map(({ doc }) => doc))
  const place = (doc: AnnotatedDoc, annotations: DocLayer['annotations']): DocLayer['annotations'] =>
    isSameLayout(doc, layout) ? annotations : moveTo(layout, doc, annotations)
  const layers: DocLayer[] = []
  const add = (name: string, kind: LayerKind, annotations: DocLayer['annotations']): void => {
    let free = name
    for (let number = 2; layers.some((layer) => layer.name === free && layer.kind === kind); number++)
      free = `${name} (${number})`
    layers.push({ name: free, kind, annotations })
  }
  for (const { name, kind, annotations } of main.layers ?? []) add(name, kind, place(main, annotations))
  for (const { name, kind, doc } of others) {
    add(name, kind, place(doc, doc.annotations))
    for (const own of doc.layers ?? []) add(own.name, own.kind, place(doc, own.annotations))
  }
  const sourceExtra = mergeExtras(docs)
  return {
    ...main,
    ...{ tokens: layout.tokens, sentences: layout.sentences },
    annotations: place(main, main.annotations).map((said) => said ?? { ...joinRest([]), spans: [], relations: [] }),
    ...(layers.length > 0 && { layers }),
    ...(sourceExtra !== undefined && { sourceExtra }),
  }
}

type Layout = Pick<AnnotatedDoc, 'tokens' | 'sentences'>

function isSameLayout(one: Layout, other: Layout): boolean {
  const isSame = (a: readonly Sentence[], b: readonly Sentence[]): boolean =>
    a === b || (a.length === b.length && a.every(({ start, end }, at) => start === b[at]?.start && end === b[at].end))
  return isSame(one.tokens, other.tokens) && isSame(one.sentences, other.sentences)
}

function commonLayout(docs: readonly Layout[]): Layout {
  const borders = [...new Set(docs.flatMap(({ tokens }) => tokens.flatMap(({ start, end }) => [start, end])))]
  borders.sort((a, b) => a - b)
  const pieces = new Map<number, Token>()
  for (const { tokens } of docs)
    for (const token of tokens)
      for (const piece of cut(token, borders)) {
        if (!pieces.has(piece.start)) pieces.set(piece.start, piece)
      }
  const tokens = [...pieces.values()].sort((a, b) => a.start - b.start)
  const starts = docs.map((doc) => new Set(doc.sentences.map(({ start }) => doc.tokens[start]?.start)))
  const first = tokens.flatMap(({ start }, at) => (at === 0 || starts.every((set) => set.has(start)) ? [at] : []))
  return { tokens, sentences: first.map((start, at) => ({ start, end: first[at + 1] ?? tokens.length })) }
}

/** The parts of a word between the borders within it. */
function* cut(token: Token, borders: readonly number[]): Generator<Token> {
  let start = token.start
  for (let at = firstAfter(borders, token.start); start < token.end; at++) {
    const end = Math.min(borders[at] ?? token.end, token.end)
    yield { ...token, start, end }
    start = end
  }
}

/** Index of the first number that is larger. */
function firstAfter(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  return low
}

/** The same annotations among the words and sentences of another layout of the text; null where none was. */
function moveTo({ tokens, sentences }: Layout, from: Layout, annotations: DocLayer['annotations']) {
  const ends = tokens.map(({ end }) => end)
  const starts = tokens.map(({ start }) => start)
  const sentenceStarts = sentences.map(({ start }) => start)
  const homes = sentences.map((): { readonly annotation: SentenceAnnotation; readonly sentence: Sentence }[] => [])
  from.sentences.forEach((sentence, at) => {
    const annotation = annotations[at]
    const first = firstAfter(ends, from.tokens[sentence.start]?.start ?? 0)
    if (annotation) homes[firstAfter(sentenceStarts, first) - 1]?.push({ annotation, sentence })
  })
  return homes.map((parts, at): SentenceAnnotation | null => {
    if (parts.length === 0) return null
    const home = sentences[at] ?? { start: 0, end: 0 }
    const textStart = tokens[home.start]?.start ?? 0
    const spans: AnnotatedSpan[] = []
    const relations: AnnotatedRelation[] = []
    parts.forEach(({ annotation, sentence }, part) => {
      const idOf = (id: string): string => (parts.length > 1 ? `${part}:${id}` : id)
      const base = from.tokens[sentence.start]?.start ?? 0
      for (const { chars, ...span } of annotation.spans) {
        const start = chars ? base + chars.start : (from.tokens[sentence.start + span.start]?.start ?? 0)
        const end = chars ? base + chars.end : (from.tokens[sentence.start + span.end - 1]?.end ?? 0)
        const [first, last] = [firstAfter(ends, start), firstAfter(starts, end - 1) - 1]
        const isWhole = starts[first] === start && ends[last] === end
        spans.push({
          ...span,
          ...{ id: idOf(span.id), start: first - home.start, end: last + 1 - home.start },
          ...(!isWhole && { chars: { start: start - textStart, end: end - textStart } }),
        })
      }
      for (const relation of annotation.relations)
        relations.push({
          ...relation,
          ...{ id: idOf(relation.id), subject: idOf(relation.subject), object: idOf(relation.object) },
        })
    })
    return { ...joinRest(parts.map(({ annotation }) => annotation)), spans, relations }
  })
}

/** Joins the annotations of sentences that become one, but for spans and relations. */
function joinRest(parts: readonly SentenceAnnotation[]): Omit<SentenceAnnotation, 'spans' | 'relations'> {
  const sum = (of: (part: SentenceAnnotation) => number): number => parts.reduce((total, part) => total + of(part), 0)
  return {
    review: {
      isReviewed: parts.length > 0 && parts.every(({ review }) => review.isReviewed),
      isFlagged: parts.some(({ review }) => review.isFlagged),
      note: [...new Set(parts.map(({ review }) => review.note).filter((note) => note !== ''))].join('\n'),
    },
    ...{ rejections: [], history: [], unanchored: parts.flatMap(({ unanchored }) => unanchored) },
    ambiguousAnchors: sum(({ ambiguousAnchors }) => ambiguousAnchors),
    repeatedTriples: sum(({ repeatedTriples }) => repeatedTriples),
  }
}

/** Joins the keys of files beyond annotations: those of the first, and under "annotators" those of others that differ from them. */
function mergeExtras([{ doc: main }, ...others]: readonly [AnnotatorDoc, ...AnnotatorDoc[]]): Json | undefined {
  const own = JSON.stringify(main.sourceExtra)
  const differing = others.flatMap(({ name, doc: { sourceExtra } }) =>
    sourceExtra === undefined || JSON.stringify(sourceExtra) === own ? [] : [[name, sourceExtra] as const],
  )
  if (differing.length === 0) return main.sourceExtra
  const extra = main.sourceExtra ?? {}
  const base = isJsonObject(extra) ? extra : { value: extra }
  return { ...base, annotators: Object.fromEntries(differing) }
}
