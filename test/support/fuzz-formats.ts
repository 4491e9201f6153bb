/** Reads mutated files with every reader: each gives docs that hold together, or says in a sentence why not. */
import { AppError } from '#main/core/errors'
import { formats } from '#main/corpora/formats'
import type { CorpusFormat } from '#main/corpora/format'
import { openCorpus } from '#main/corpora/read-corpus'
import { recognize } from '#main/corpora/recognition'
import { headOf } from '#main/corpora/shared/file-head'
import { createTextInput } from '#main/corpora/text-input'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { memorySource, type MemoryFiles } from '#main/files/memory-source'
import { createRandom } from '#main/models/shared/random'
import { writeText } from './corpus-files.ts'
import { mutate } from './mutations.ts'
import { tripleDocs } from './temporary-workspace.ts'

export interface Seed {
  readonly format: CorpusFormat
  readonly name: string
  readonly content: string
  readonly beside: MemoryFiles
}

const docs = tripleDocs(
  [
    'Mara Velt founded Orbisk Labs in Tarnow .',
    ['Mara Velt', 'founder_of', 'Orbisk Labs'],
    ['Orbisk Labs', 'in', 'Tarnow'],
  ],
  ['😀 Cancu\u0301n grew , שלום .', ['😀', 'likes', 'שלום']],
  ['Nothing is said here .'],
  ['Ada knows Ada', ['Ada', 'knows', 'Ada']],
)

/** Files of formats that are only read, or whose other shapes their writer does not write. */
const written: readonly (readonly [format: string, name: string, content: string, beside?: MemoryFiles])[] = [
  ['plain-text', 'a.txt', 'Mara Velt founded it. 😀 Ada left, z. B. am 3. Mai.\r\n\r\nשלום. 林晓舟创办了北辰科技。'],
  [
    'tacred-json',
    'a.json',
    '[{"id":"1","docid":"d","relation":"per:title","token":["Mara","is","chief"],"subj_start":0,"subj_end":0,"obj_start":2,"obj_end":2,"subj_type":"PERSON","obj_type":"TITLE","stanford_pos":["NNP","VBZ","NN"]}]',
  ],
  [
    'extractor-results',
    'a.jsonl',
    '{"text":"Mara Velt left Lunde .","triple_list_gold":[{"subject":"Mara Velt","relation":"left","object":"Lunde"}],"triple_list_pred":[{"subject":"Mara","relation":"left","object":"Lunde"}],"new":[],"lack":[]}\n{"text":"Ada met Jon .","triple_list_gold":[],"triple_list_pred":[],"new":[],"lack":[]}\n',
  ],
  [
    'docred-json',
    'a.json',
    '[{"title":"T","sents":[["Mara","founded","Orbisk","."],["It","grew","."]],"vertexSet":[[{"name":"Mara","sent_id":0,"pos":[0,1],"type":"PER"}],[{"name":"Orbisk","sent_id":0,"pos":[2,3],"type":"ORG"}]],"labels":[{"h":0,"t":1,"r":"P112","evidence":[0]}]}]',
  ],
  [
    'copyre-numeric',
    'a.json',
    '[[3],[[1,2,3]],[[0,2,1]]]',
    { 'words2id.json': '{"Mara":1,"founded":2,"Orbisk":3}', 'relations2id.json': '{"None":0,"founder_of":1}' },
  ],
  [
    'uima-json',
    'a.json',
    '{"%TYPES":{},"%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[2,3,4]}},"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaString":"Mara Velt founded Orbisk Labs in Tarnow ."},{"%ID":2,"%TYPE":"custom.Ent","@sofa":1,"begin":0,"end":9,"value":"PER"},{"%ID":3,"%TYPE":"custom.Ent","@sofa":1,"begin":18,"end":29,"value":"ORG"},{"%ID":4,"%TYPE":"custom.Rel","@sofa":1,"begin":18,"end":29,"label":"founder_of","@Governor":2,"@Dependent":3}]}',
  ],
  [
    'brat',
    'a.txt',
    'Mara Velt founded Orbisk Labs .\n',
    {
      'a.ann':
        'T1\tPER 0 9\tMara Velt\nT2\tORG 18 29\tOrbisk Labs\nT3\tPart 0 4;10 17\tMara founded\nR1\tfounder_of Arg1:T1 Arg2:T2\nE1\tFound:T2 Who:T1\nA1\tSure R1\n*\tAlias T1 T2\n#1\tAnnotatorNotes T1\twho?\n',
    },
  ],
]

export async function seeds(): Promise<Seed[]> {
  const all: Seed[] = []
  for (const format of formats) {
    const own = written.filter(([name]) => name === format.name)
    for (const [, name, content, beside = {}] of own) all.push({ format, name, content, beside })
    if (!format.writer || !format.read || own.length > 0) continue
    const labels = { entityTypes: [{ name: 'ENTITY' }], relationTypes: [{ name: 'founder_of' }], signatures: [] }
    const { text, files } = await writeText(format, docs, labels)
    const [extension = ''] = format.extensions
    const main = Object.keys(files).find((name) => name.endsWith(extension)) ?? ''
    const isFile = format.writer.layout === 'file'
    const content = isFile ? text : (files[main] ?? '')
    if (typeof content === 'string') all.push({ format, name: isFile ? `a${extension}` : main, content, beside: files })
  }
  return all
}

/**
 * Reads the file of a seed after mutations; of a file with companions, one of them is mutated now and then.
 * @throws Error when the reader fails in another way than by a sentence, or gives docs that do not hold together.
 */
export async function readMutated(seed: Seed, number: number): Promise<'read' | 'refused'> {
  const random = createRandom(7, number)
  const names = Object.keys(seed.beside)
  const at = random.integer(2 * names.length + 1)
  const changed = names[at]
  const bytes = (text: string | Uint8Array | undefined) =>
    typeof text === 'string' ? new TextEncoder().encode(text) : (text ?? new Uint8Array())
  const beside =
    changed === undefined ? seed.beside : { ...seed.beside, [changed]: mutate(bytes(seed.beside[changed]), random) }
  const content = changed === undefined ? mutate(bytes(seed.content), random) : bytes(seed.content)
  const source = memorySource(seed.name, content, beside, 1 + random.integer(64))
  try {
    recognize(await headOf(createTextInput(source)))
    const reading = await openCorpus(source, { format: seed.format.name, settings: { experimental: true } as object })
    for await (const { doc } of reading.docs) check(doc)
    reading.report()
    return 'read'
  } catch (error) {
    if (
      error instanceof AppError &&
      error.code !== 'internal' &&
      [seed.name, ...names].some((name) => error.message.includes(name))
    )
      return 'refused'
    throw new Error(`${seed.format.name}, mutation ${number}: ${String(error)}`, { cause: error })
  }
}

function check({ text, tokens, sentences, annotations, layers = [] }: AnnotatedDoc): void {
  const length = [...text].length
  let border = 0
  for (const { start, end } of tokens) {
    if (start < border || end <= start || end > length) throw new RangeError('a word lies outside of the text')
    border = end
  }
  for (const layer of [annotations, ...layers.map((one) => one.annotations)]) {
    if (layer.length !== sentences.length) throw new RangeError('a sentence has no annotation')
    layer.forEach((said, index) => {
      if (said === null) return
      const { spans, relations } = said
      const size = (sentences[index]?.end ?? 0) - (sentences[index]?.start ?? 0)
      const ids = new Set(spans.map(({ id }) => id))
      if (ids.size !== spans.length) throw new RangeError('two spans have one id')
      if (spans.some(({ start, end }) => start < 0 || end <= start || end > size))
        throw new RangeError('a span lies outside of its sentence')
      if (relations.some(({ subject, object }) => !ids.has(subject) || !ids.has(object)))
        throw new RangeError('a relation joins no span')
    })
  }
}
