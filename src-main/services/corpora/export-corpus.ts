/** Exporting a corpus as the text of one file, with what the format loses. */
import { AppError } from '#main/core/errors'
import type { ExportedCorpus, FormatInfo } from '#main/api/corpora'
import { findFormat, formats } from '#main/corpora/formats'
import type { Split } from '#main/document/doc'
import type { Workspace } from '#main/storage/workspace'

export function listFormats(): FormatInfo[] {
  return formats.map(({ name, title, extensions, serialize }) => ({
    name,
    title,
    extensions,
    canExport: serialize !== null,
  }))
}

/** @throws AppError 'unsupported-format'; 'invalid-input' when there is nothing to write. */
export function exportCorpus(
  workspace: Workspace,
  { corpusId, format: formatName, split }: { corpusId: number; format: string; split: Split | null },
): ExportedCorpus {
  const format = findFormat(formatName)
  if (!format?.serialize) {
    const writable = formats.filter(({ serialize }) => serialize !== null).map(({ name }) => name)
    throw new AppError(
      'unsupported-format',
      `"${formatName}" is no format that Espalier writes. Choose one of these: ${writable.join(', ')}.`,
    )
  }
  const { name } = workspace.corpora.find(corpusId)
  const docs = workspace.corpora.docsOf(corpusId, split)
  if (docs.length === 0)
    throw new AppError(
      'invalid-input',
      `${name} has no sentences${split === null ? '' : ` in ${split}`}, so there is nothing to export. Choose another split.`,
    )
  const { text, losses } = format.serialize(docs, workspace.labels.get(corpusId))
  const splits = new Set(docs.map((doc) => doc.split)).size
  const isMixed = splits > 1 && !format.keeps.includes('everything')
  const stem = `${name}${split === null ? '' : `-${split}`}`.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
  return {
    fileName: `${stem}${format.extensions[0] ?? ''}`,
    text,
    losses: isMixed ? [...losses, `${docs.length} documents of ${splits} splits lose their split`] : losses,
  }
}
