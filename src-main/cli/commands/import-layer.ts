/** espalier import --layer: what another system says of a corpus becomes suggestions there. */
import { AppError } from '#main/core/errors'
import { countOf } from '#main/text/numbers'
import { cancellable } from '../cancellable.ts'
import { describeLeftOut } from '../describe-import.ts'
import { findCorpus } from '../find.ts'
import { withImportFiles } from '../import-files.ts'
import { readChoiceOf, type ReadOptions } from '../read-options.ts'
import type { Session } from '../session.ts'

interface Options extends ReadOptions {
  readonly corpus: string
  readonly layer: string
  readonly addTypes?: boolean
  readonly strict?: boolean
  readonly dryRun?: boolean
}

export async function importLayer(session: Session, files: readonly string[], options: Options): Promise<void> {
  const { client, print, progress } = session
  const { corpusId, name: corpus } = await findCorpus(client, options.corpus)
  await withImportFiles(files, undefined, async ([found, ...others]) => {
    if (!found || others.length > 0)
      throw new AppError('invalid-input', `--layer takes one file; ${countOf(files.length, 'file')} were given.`)
    const imported = await cancellable(session, (taskId) =>
      client.suggestions.importLayer({
        ...{ corpusId, name: options.layer, file: found.file, taskId, addsLabels: options.addTypes ?? false },
        ...{ isStrict: options.strict ?? false, isDryRun: options.dryRun ?? false, ...readChoiceOf(options) },
      }),
    )
    for (const problem of imported.problems) progress.line(problem)
    const { spans, relations, sentences, recordsLeftOut } = imported
    print(
      imported,
      `${options.layer} ${options.dryRun ? 'would suggest' : 'suggests'} ${countOf(spans, 'span')} and ${countOf(relations, 'relation')} in ${countOf(sentences, 'sentence')} of "${corpus}".`,
    )
    if (recordsLeftOut > 0) throw new AppError('invalid-input', describeLeftOut(recordsLeftOut))
  })
}
