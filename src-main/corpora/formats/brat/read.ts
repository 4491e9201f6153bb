/** brat: a text with its annotations beside it, in standoff lines, and annotation.conf with the types (formats.md 3.8). */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { emptyLabelSet, type LabelSet } from '#main/labels/label-set'
import { readLabels } from '#main/labels/read-labels'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { baseName } from '../../shared/file-names.ts'
import type { FileHead } from '../../shared/file-head.ts'
import { isJsonObject } from '../../shared/fields.ts'
import { buildLayeredDoc } from '../../shared/layered-doc.ts'
import { logOfRecord } from '../../shared/marks.ts'
import { FileError, RecordError, type ProblemLog } from '../../shared/problem-log.ts'
import { createTextRules } from '../../shared/text-rules.ts'
import type { TextInput } from '../../text-input.ts'
import { readAnnotations, type Annotations } from './annotations.ts'
import { countLosses } from './losses.ts'
import { annOf, writeBrat } from './write.ts'

export const brat: CorpusFormat = {
  name: 'brat',
  title: 'brat standoff (.txt with .ann)',
  extensions: ['.txt', '.ann'],
  keeps: [
    'the text',
    'spans by characters',
    'relations',
    'notes',
    'events, attributes and all other lines of brat as they stand',
  ],
  settings: ['sentencePerLine', 'language', 'han', 'keepApart'],
  hasFilePerAnnotator: true,
  recognize(file) {
    if (isAnnotationFile(file)) return `lines such as "${(file.lines[0] ?? 'T1').slice(0, 40)}"`
    const ann = file.name.replace(/\.txt$/i, '.ann')
    if (ann === file.name) return null
    if (file.liesBeside(ann)) return `annotations beside it, in ${ann}`
    return file.hasBeside('annotation.conf') ? 'the configuration of brat beside it, annotation.conf' : null
  },
  companions: [
    { title: 'annotations of a text beside it', recognize: (file) => isAnnotationFile(file) && hasText(file) },
    {
      title: 'a configuration of brat',
      recognize: ({ name }) => /^(?:annotation|visual|tools|kb_shortcuts)\.conf$/.test(name),
    },
  ],
  read,
  writer: { layout: 'folder', countLosses, write: writeBrat },
}

const linePattern = /^(?:[TREAMN#]\d{1,9}|\*)\t/

function isAnnotationFile(file: FileHead): boolean {
  if (file.lines.length === 0) return /\.ann$/i.test(file.name) && hasText(file)
  return file.lines.every((line) => linePattern.test(line))
}

function hasText({ name, hasBeside }: FileHead): boolean {
  return hasBeside(name.replace(/\.ann$/i, '.txt'))
}

async function* read(input: TextInput, context: ReadContext): AsyncGenerator<ReadDoc> {
  const { log } = context
  const name = baseName(input.name)
  const isAnn = /\.ann$/i.test(name)
  const textInput = isAnn ? input.beside(name.replace(/\.ann$/i, '.txt')) : input
  if (!textInput)
    throw new FileError(
      `it has annotations of brat, and the text that they stand for, ${name.replace(/\.ann$/i, '.txt')}, is not beside it`,
    )
  const annName = isAnn ? name : `${name.replace(/\.txt$/i, '')}.ann`
  const annInput = isAnn ? input : input.beside(annName)
  const text = await textInput.whole()
  if (text.includes('\u0000')) throw new FileError('the file is binary, not text: expected UTF-8 text')
  if (!annInput) log.note(null, `${annName} is not beside it: the text was taken without annotations`)
  context.stateLabels(await labelsBeside(input, log))
  const ann = (await annInput?.whole()) ?? ''
  const annotations = readAnnotations(text, ann, { origin: 'import', author: annName })
  reportFaults(annotations, annName, log)
  const doc = log.record(1, () => toDoc(textInput.name, text, ann, annotations, context))
  if (doc) yield { doc, record: 1 }
}

async function labelsBeside(input: TextInput, log: ProblemLog): Promise<LabelSet> {
  const conf = input.beside('annotation.conf')
  if (!conf) return emptyLabelSet
  const text = await conf.whole()
  try {
    return readLabels(text).labels
  } catch (error) {
    if (!(error instanceof Error)) throw error
    log.note(null, `annotation.conf: ${error.message} Its types were not taken.`)
    return emptyLabelSet
  }
}

/** Lines that are wrong count as rejected; those that merely have no place in a Doc are noted. */
function reportFaults(
  { lines, counting, repeatedIds, joinedFragments }: Annotations,
  annName: string,
  log: ProblemLog,
): void {
  lines.forEach(({ fault }, index) => {
    const message = `${annName}: ${fault?.message}; the line is kept as it stands`
    if (fault?.isWrong)
      log.record(index + 1, () => {
        throw new RecordError(message)
      })
    else if (fault) log.note(index + 1, message)
  })
  const others = lines.filter(({ parsed }) => parsed?.kind === 'other').length
  if (others > 0)
    log.note(null, `${annName}: events, attributes and other lines are kept as they stand, and not shown: ${others}`)
  if (joinedFragments > 0)
    log.note(null, `${annName}: spans in parts that only white space sets apart, joined: ${joinedFragments}`)
  if (repeatedIds > 0)
    log.note(null, `${annName}: ids that are used twice; the second got one of its own: ${repeatedIds}`)
  if (counting.unit !== null)
    log.note(null, `${annName}: its marks fit the text only where it counts ${counting.unit}; they were read so`)
}

function toDoc(
  id: string,
  text: string,
  ann: string,
  { marks }: Annotations,
  { log, settings }: ReadContext,
): AnnotatedDoc {
  const plain = buildLayeredDoc(
    { id, text, rules: createTextRules(settings)(text), main: marks, sentencePerLine: settings.sentencePerLine },
    logOfRecord(log, 1),
  )
  if (annOf(plain) === ann) return plain
  const extra = isJsonObject(plain.sourceExtra) ? plain.sourceExtra : {}
  return { ...plain, sourceExtra: { ...extra, brat: { ann } } }
}
