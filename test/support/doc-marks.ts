/** The spans and relations of Docs as short strings, for tests. */
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'

/** "PER Mara Velt" for spans and "knows(Mara Velt, Ada)" for relations, sentence by sentence; characters as the text has them. */
export function marksIn(
  doc: AnnotatedDoc,
  annotations: readonly (SentenceAnnotation | null)[] = doc.annotations,
): string[] {
  const { text, tokens, sentences } = doc
  const letters = [...text]
  return annotations.flatMap((said, index) => {
    const { spans, relations } = said ?? { spans: [], relations: [] }
    const first = sentences[index]?.start ?? 0
    const textStart = tokens[first]?.start ?? 0
    const textOf = (id: string): string => {
      const span = spans.find((one) => one.id === id)
      if (!span) return 'nothing'
      const start = span.chars ? span.chars.start + textStart : (tokens[first + span.start]?.start ?? 0)
      const end = span.chars ? span.chars.end + textStart : (tokens[first + span.end - 1]?.end ?? 0)
      return letters.slice(start, end).join('')
    }
    return [
      ...spans.map(({ id, label }) => `${label} ${textOf(id)}`),
      ...relations.map(({ type, subject, object }) => `${type}(${textOf(subject)}, ${textOf(object)})`),
    ]
  })
}
