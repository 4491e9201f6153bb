/** A program that imports files, or previews them, in a workspace, for tests that kill it: FOLDER import|previewImport REQUEST. */
import { createProcessHost } from '#main/compute/host'
import type { CallInputs } from '#main/api/handlers'
import { openServices } from '#main/services/services'

const [, , folder = '', act, request = ''] = process.argv
const services = await openServices({ workspace: folder, config: `${folder}-config`, compute: createProcessHost() })
console.log('begun')
const asked = JSON.parse(request) as CallInputs['corpora']['import'] // made by the test
await (act === 'import' ? services.handlers.corpora.import(asked) : services.handlers.corpora.previewImport(asked))
console.log('done')
await services.close()
