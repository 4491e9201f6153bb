/**
 * sentext lines of NYT10 and NYT11 (HRL): {"sentext", "relations"}, where each relation tags every word of the sentence: 4 and 1 are
 * the first and a further word of its subject, 5 and 2 of its object, 6 and 3 of another entity, 0 is none.
 */
import type { Json } from '#main/core/json'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import { untypedEntity } from '#main/labels/label-set'
import { findWords } from '#main/text/find-words'
import type { TextRange } from '#main/text/range'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import {
  readArray,
  readInteger,
  readName,
  readObject,
  readString,
  unknownKeys,
  type JsonObject,
} from '../../shared/fields.ts'
import { readRecords } from '../../shared/read-records.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { isRelationMap } from '../../shared/relation-map.ts'
import { buildTokenDoc, type WordRelation, type WordSpan } from '../../shared/token-doc.ts'
import type { TextInput } from '../../text-input.ts'
import { countLosses } from './losses.ts'
import { writeHrl } from './write.ts'

export const hrl: CorpusFormat = {
  name: 'hrl-lines',
  title: 'sentext lines of NYT10 and NYT11 (HRL)',
  extensions: ['.json', '.jsonl'],
  keeps: ['the words of each sentence', 'relations between spans that do not overlap', 'further keys of a line'],
  settings: [],
  recognize: ({ json }) => (json?.records.some((record) => 'sentext' in record) ? '"sentext" in its records' : null),
  companions: [{ title: 'a map of relation names to numbers', recognize: isRelationMap }],
  read: readHrl,
  writer: { layout: 'file', countLosses, write: writeHrl },
}

async function* readHrl(input: TextInput, { log }: ReadContext): AsyncGenerator<ReadDoc> {
  yield* readRecords(input, 'one JSON object with "sentext" per line', log, (value, number) =>
    readLine(readObject(value, 'the line'), number, input.name, log),
  )
}

function readLine(line: JsonObject, record: number, fileName: string, log: ProblemLog): AnnotatedDoc {
  const text = readString(line['sentext'], 'sentext')
  const words = text.split(/[ \t\r\n]+/).filter((word) => word !== '')
  if (words.length === 0) throw new RecordError('sentext: it holds no words, so there is nothing to annotate')
  const spans: WordSpan[] = []
  const relations: WordRelation[] = []
  const unanchored: TextTriple[] = []
  const indexAt = new Map<string, number>()
  const spanAt = ({ start, end }: TextRange): number => {
    const known = indexAt.get(`${start}:${end}`)
    if (known !== undefined) return known
    indexAt.set(`${start}:${end}`, spans.length)
    return spans.push({ start, end, label: untypedEntity }) - 1
  }
  readArray(line['relations'] ?? [], 'relations').forEach((item, at) => {
    const field = `relations[${at}]`
    const source = readObject(item, field)
    const triple = {
      subject: readName(source['em1'], `${field}.em1`),
      type: readName(source['rtext'], `${field}.rtext`),
      object: readName(source['em2'], `${field}.em2`),
    }
    const tagged = readTags(source['tags'], `${field}.tags`, words.length)
    if (triple.type === 'None') log.change('none', record)
    else {
      const subject = tagged.subject ?? placeOf(triple.subject, words)
      const isSelf = tagged.subject !== null && tagged.object === null && triple.subject === triple.object
      const object = tagged.object ?? (isSelf ? subject : placeOf(triple.object, words))
      if (subject && object) relations.push({ subject: spanAt(subject), type: triple.type, object: spanAt(object) })
      else if (
        !unanchored.some(
          (one) => one.subject === triple.subject && one.type === triple.type && one.object === triple.object,
        )
      ) {
        unanchored.push(triple)
        log.note(
          record,
          `"${subject ? triple.object : triple.subject}" is tagged nowhere and does not stand in the sentence; the triple counts in scoring but cannot be trained on`,
        )
      }
    }
    tagged.others.forEach(spanAt)
  })
  const sourceExtra = unknownKeys(line, ['sentext', 'relations'])
  const options = { id: `${fileName}#${record}`, fileName, record, original: text, sourceExtra }
  return buildTokenDoc([{ words, spans, relations, unanchored }], options, log)
}

interface TaggedWords {
  readonly subject: TextRange | null
  readonly object: TextRange | null
  readonly others: readonly TextRange[]
}

function readTags(value: Json | undefined, field: string, length: number): TaggedWords {
  if (value === undefined) return { subject: null, object: null, others: [] }
  const tags = readArray(value, field).map((tag, at) => readInteger(tag, `${field}[${at}]`, 0, 6))
  if (tags.length !== length)
    throw new RecordError(
      `${field}: expected one for each of the ${length} words of the sentence, found ${tags.length}`,
    )
  return {
    subject: runsOf(tags, 4, 1)[0] ?? null,
    object: runsOf(tags, 5, 2)[0] ?? null,
    others: [...runsOf(tags, 4, 1).slice(1), ...runsOf(tags, 5, 2).slice(1), ...runsOf(tags, 6, 3)],
  }
}

/** Runs of words of which the first has one tag and the others another. */
function runsOf(tags: readonly number[], first: number, further: number): TextRange[] {
  return tags.flatMap((tag, start) => {
    if (tag !== first) return []
    let end = start + 1
    while (tags[end] === further) end++
    return [{ start, end }]
  })
}

function placeOf(string: string, words: readonly string[]): TextRange | null {
  return findWords(words, string.trim().split(/\s+/))
}
