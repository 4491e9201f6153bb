/**
 * A program that imports files, or previews them, in a workspace, and kills itself at one of its writes to the database:
 * FOLDER import|previewImport REQUEST WRITE. Its clock leaps, so that a few sentences are as many slices, and savings of how far
 * it is, as hundreds of thousands are. A last word `sent` says that the files are uploads, which it sends first.
 */
import { createReadStream, statSync } from 'node:fs'
import path from 'node:path'
import { createProcessHost } from '#main/compute/host'
import type { CallInputs } from '#main/api/handlers'
import { openServices } from '#main/services/services'
import { killAtWrite } from './kill-at-write.ts'

const [, , folder = '', act, request = '', fatal = '', way = ''] = process.argv
const services = await openServices({ workspace: folder, config: `${folder}-config`, compute: createProcessHost() })
const made = JSON.parse(request) as CallInputs['corpora']['import'] // made by the test
const asked = way === 'sent' ? { ...made, files: await Promise.all(made.files.map(send)) } : made
leapAtEachLook()
killAtWrite(Number(fatal))
await (act === 'import' ? services.handlers.corpora.import(asked) : services.handlers.corpora.previewImport(asked))
await services.close()

async function send(one: (typeof made)['files'][number]): Promise<typeof one> {
  if (!('path' in one.file)) return one
  const name = path.basename(one.file.path)
  const { uploadId } = await services.uploads.begin(name, statSync(one.file.path).size)
  await services.uploads.write(uploadId, 0, createReadStream(one.file.path))
  return { ...one, file: { uploadId, name } }
}

/** More than a slice lasts; some slices lie between two savings. */
function leapAtEachLook(): void {
  let ms = performance.now()
  performance.now = () => (ms += 100)
}
