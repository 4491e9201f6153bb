/** UIMA CAS JSON 0.4: read only, and only when that is asked for, since the format is a draft (formats.md 3.13). */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Sentence } from '#main/document/doc'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { baseName } from '../../shared/file-names.ts'
import { parseJson } from '../../shared/json-text.ts'
import { buildLayeredDoc } from '../../shared/layered-doc.ts'
import { firstThat } from '../../shared/mark-words.ts'
import { logOfRecord } from '../../shared/marks.ts'
import { chooseOffsets } from '../../shared/offset-choice.ts'
import type { ToCodePoints } from '../../shared/offset-units.ts'
import { FileError, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { createTextRules } from '../../shared/text-rules.ts'
import type { TextInput } from '../../text-input.ts'
import { marksOf, rangeOf, rolesOf, type CasRoles } from './marks.ts'
import { isCas, readCas, type Cas } from './structures.ts'

export const uimaJson: CorpusFormat = {
  name: 'uima-json',
  title: 'UIMA CAS JSON (experimental)',
  extensions: ['.json'],
  keeps: ['the words', 'sentences', 'spans by characters', 'relations'],
  settings: ['experimental'],
  recognize({ json }) {
    const index = json?.records.findIndex(isCas) ?? -1
    return index >= 0 ? `"%FEATURE_STRUCTURES" or "%TYPES" in record ${index + 1}` : null
  },
  read,
  writer: null,
}

async function* read(input: TextInput, { log, settings }: ReadContext): AsyncGenerator<ReadDoc> {
  if (!settings.experimental)
    throw new FileError(
      'it is UIMA CAS JSON, which is read as an experiment only: the format is a draft that may change. Choose to read it (on the command line --experimental), or export WebAnno TSV 3 instead',
    )
  const text = await input.whole()
  const doc = log.record(1, () => toDoc(parseFile(text), input.name, log))
  if (doc) yield { doc, record: 1 }
}

function parseFile(text: string) {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof RecordError) throw new FileError(error.message)
    throw error
  }
}

function toDoc(value: ReturnType<typeof parseFile>, id: string, log: ProblemLog): AnnotatedDoc {
  const cas = readCas(value)
  const roles = rolesOf(cas)
  const ranges = cas.annotations.map(({ begin, end }) => ({ start: begin, end }))
  const { unit, toCodePoints } = chooseOffsets(cas.text, ranges, 'UTF-16 units')
  describe(cas, roles, log)
  if (unit === 'code points') log.note(1, 'its offsets count code points, as its text shows')
  return buildLayeredDoc(
    {
      ...{ id, text: cas.text, rules: createTextRules({})(cas.text) },
      main: marksOf(roles, toCodePoints, { origin: 'import', author: baseName(id) }),
      ...wordsOf(roles, toCodePoints),
    },
    logOfRecord(log, 1),
  )
}

function describe({ furtherViews }: Cas, { spanTypes, relationTypes, otherTypes }: CasRoles, log: ProblemLog): void {
  const parts = [
    `spans are those of ${spanTypes.join(', ') || 'no type'}`,
    `relations those of ${relationTypes.join(', ') || 'no type'}`,
    ...(otherTypes.length > 0 ? [`left out: ${otherTypes.join(', ')}`] : []),
    ...(furtherViews > 0 ? [`further views left out: ${furtherViews}`] : []),
  ]
  log.note(1, parts.join('; '))
}

/** Words and sentences of the file, where its tokens do not overlap and its sentences cover them all. */
function wordsOf({ words, sentences }: CasRoles, toCodePoints: ToCodePoints) {
  const tokens = words.map((word) => rangeOf(word, toCodePoints))
  const areInOrder = tokens.every(({ start, end }, at) => start < end && start >= (tokens[at - 1]?.end ?? 0))
  if (tokens.length === 0 || !areInOrder) return {}
  const ranges = sentences.map((sentence): Sentence => {
    const { start, end } = rangeOf(sentence, toCodePoints)
    return {
      start: firstThat(tokens, (token) => token.end > start),
      end: firstThat(tokens, (token) => token.start >= end),
    }
  })
  const areWhole = ranges.every(({ start, end }, at) => start === (ranges[at - 1]?.end ?? 0) && start <= end)
  return areWhole && ranges.at(-1)?.end === tokens.length ? { tokens, sentences: ranges } : { tokens }
}
