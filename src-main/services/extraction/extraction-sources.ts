/** The sources of an extraction: files, folders and archives under names that tell them apart, or the documents of a corpus. */
import { createHash } from 'node:crypto'
import type { ExtractionRequest } from '#main/api/extraction'
import type { ReadChoice } from '#main/corpora/read-corpus'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { isInShard } from '#main/files/shard'
import { nameApart, openSources } from '../corpora/import-sources.ts'
import { inputFile, type ExtractionInput, type InputFile } from './extraction-inputs.ts'

export interface ExtractionSources {
  readonly files: readonly InputFile[]
  /** Sentences about what of folders and archives is not read. */
  readonly leftOut: readonly string[]
  /** The same for the same files, by their names and sizes, or for the same corpus while nothing of it changed. */
  readonly identity: string
}

/** @throws AppError naming the file that is missing or cannot be read. */
export async function openExtractionSources(
  { workspace, uploads }: ServiceContext,
  { files, corpus, shard }: Pick<ExtractionRequest, 'files' | 'corpus' | 'shard'>,
  choice: ReadChoice,
  signal: AbortSignal,
): Promise<ExtractionSources> {
  if (corpus) {
    const { corpusId, split } = corpus
    const { name } = workspace.corpora.find(corpusId)
    const state = ['corpus', corpusId, split, workspace.corpora.changes(corpusId)].join('\n')
    const documents = workspace.corpora.countDocs(corpusId, split)
    return { files: [corpusFile(name, documents)], leftOut: [], identity: digestOf(state) }

    function corpusFile(corpusName: string, size: number): InputFile {
      return {
        ...{ name: corpusName, size },
        async *inputs(_, onRead): AsyncGenerator<ExtractionInput> {
          for (const page of workspace.corpora.docsOf(corpusId, split))
            for (const doc of page) {
              onRead(1)
              yield { doc, name: doc.id, failure: null }
            }
        },
      }
    }
  }
  const { sources, leftOut } = await openSources(
    files.map((file) => ({ file })),
    uploads,
    signal,
    shard && ((named, name) => isInShard(shard, named, name)),
  )
  const names = nameApart(sources)
  const opened = sources.map(({ source }, index) => inputFile(source, names[index] ?? source.name, choice))
  return {
    files: opened,
    leftOut: leftOut.map(
      ({ kind, count, names: some }) =>
        `${kind}: ${countOf(count, 'file')} left out, such as ${some.slice(0, 3).join(', ')}`,
    ),
    identity: digestOf(opened.map(({ name, size }) => `${name}\n${size}`).join('\n')),
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
