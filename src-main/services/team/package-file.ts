/**
 * The file of a package: a zip archive of package.json (what it is), corpus.jsonl (its sentences with the label set, as Espalier's JSON
 * lines) and SHA256SUMS over both.
 */
import { createHash } from 'node:crypto'
import type { FileReference } from '#main/api/imports'
import { AppError } from '#main/core/errors'
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { Source } from '#main/core/source'
import { jsonl } from '#main/corpora/formats/jsonl/jsonl'
import * as read from '#main/corpora/shared/fields'
import { RecordError } from '#main/corpora/shared/problem-log'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { PackageManifest } from '#main/document/assignment'
import { formatSums, parseSums, sumsName } from '#main/files/sums'
import type { LabelSet } from '#main/labels/label-set'

const manifestName = 'package.json'
const corpusName = 'corpus.jsonl'

/** Version of the file; a later one may be unreadable here. */
const version = 1

/** @param docs the sentences, a document each. */
export async function writePackageFile(
  sink: Sink,
  manifest: PackageManifest,
  labels: LabelSet,
  docs: AsyncIterable<AnnotatedDoc>,
): Promise<void> {
  const sums = new Map<string, string>()
  const hashed = async (name: string, write: (sink: Sink) => Promise<void>): Promise<void> => {
    const hash = createHash('sha256')
    const member = sink.beside(name)
    await write({
      async write(text) {
        hash.update(text)
        await member.write(text)
      },
      beside: sink.beside,
    })
    sums.set(name, hash.digest('hex'))
  }
  await hashed(corpusName, async (member) => jsonl.writer?.write(docs, labels, member))
  await hashed(manifestName, (member) =>
    member.write(`${JSON.stringify({ espalier: 'package', version, ...manifest }, null, 2)}\n`),
  )
  await sink.beside(sumsName).write(formatSums(sums))
}

export interface PackageFile {
  readonly manifest: PackageManifest
  /** Its sentences, as Espalier's JSON lines. */
  readonly corpus: Source
}

/**
 * Checks the members of a package against their sums.
 * @param name what messages call the file.
 * @throws AppError 'invalid-input' that says what is wrong with it.
 */
export async function readPackageFile(
  name: string,
  members: readonly Source[],
  signal?: AbortSignal,
): Promise<PackageFile> {
  const memberOf = (wanted: string): Source | undefined =>
    members.find((member) => member.name === wanted || member.name.endsWith(`/${wanted}`))
  const [manifest, corpus, sums] = [manifestName, corpusName, sumsName].map(memberOf)
  if (!manifest || !corpus || !sums)
    throw new AppError(
      'invalid-input',
      `${name} is not a package: ${members.length === 0 ? 'there is nothing in it' : `it lacks ${[manifest ? '' : manifestName, corpus ? '' : corpusName, sums ? '' : sumsName].filter(Boolean).join(' and ')}`}. Choose the file that "Assign…" or "Return…" wrote.`,
    )
  const stated = parseStated(name, await textOf(sums, signal))
  for (const [member, file] of [
    [manifestName, manifest],
    [corpusName, corpus],
  ] as const)
    if (stated.get(member) !== (await sumOf(file, signal)))
      throw new AppError(
        'invalid-input',
        `${name} was changed after it was written: its ${member} does not fit the checksum. Ask for the file again, and annotate in Espalier alone.`,
      )
  return { manifest: parseManifest(name, await textOf(manifest, signal)), corpus }
}

function parseStated(name: string, text: string): ReadonlyMap<string, string> {
  try {
    return parseSums(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('invalid-input', `${name} was changed after it was written: in its ${sumsName}, ${reason}.`)
  }
}

function parseManifest(name: string, text: string): PackageManifest {
  try {
    const source = read.readObject(JSON.parse(text) as Json, manifestName) // checked field by field
    const found = read.readInteger(source['version'], 'version', 1, Number.MAX_SAFE_INTEGER)
    if (found > version)
      throw new RecordError(`it was written as version ${found}, this program reads up to ${version}; update Espalier`)
    const count = (field: string): number => read.readInteger(source[field], field, 0, Number.MAX_SAFE_INTEGER)
    const returned = source['returned'] ?? null
    return {
      packageId: read.readName(source['packageId'], 'packageId'),
      corpus: read.readName(source['corpus'], 'corpus'),
      person: read.readName(source['person'], 'person'),
      ...{ createdMs: count('createdMs'), seed: count('seed'), overlap: Number(source['overlap'] ?? 1) },
      ...{ sentences: count('sentences'), shared: count('shared') },
      withGold: read.readBoolean(source['withGold'], 'withGold'),
      returned: returned === null ? null : readReturned(read.readObject(returned, 'returned')),
    }
  } catch (error) {
    if (!(error instanceof RecordError) && !(error instanceof SyntaxError)) throw error
    throw new AppError(
      'invalid-input',
      `${name} is no package that can be read: in its ${manifestName}, ${error.message}.`,
    )
  }
}

function readReturned(source: read.JsonObject): NonNullable<PackageManifest['returned']> {
  return {
    atMs: read.readInteger(source['atMs'], 'returned.atMs', 0, Number.MAX_SAFE_INTEGER),
    reviewed: read.readInteger(source['reviewed'], 'returned.reviewed', 0, Number.MAX_SAFE_INTEGER),
  }
}

async function sumOf(source: Source, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of source.open(signal)) hash.update(piece)
  return hash.digest('hex')
}

async function textOf(source: Source, signal?: AbortSignal): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of source.open(signal)) text += decoder.decode(piece, { stream: true })
  return text + decoder.decode()
}

/** The name by which a person knows the file. */
export function nameOfFile(file: FileReference): string {
  return 'path' in file ? (file.name ?? file.path) : file.name
}
