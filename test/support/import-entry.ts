/** A program that imports files into a corpus of a workspace, for tests that kill it: FOLDER CORPUS FILE... */
import { createProcessHost } from '#main/compute/host'
import { openServices } from '#main/services/services'

const [, , folder = '', corpus = '', ...files] = process.argv
const services = await openServices({ workspace: folder, config: `${folder}-config`, compute: createProcessHost() })
console.log('begun')
await services.handlers.corpora.import({
  ...{ corpus, split: 'train', taskId: 'import' },
  files: files.map((file) => ({ file: { path: file } })),
})
console.log('done')
await services.close()
