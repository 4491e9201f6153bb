/** What a request asks for: documents with a text each. A document that cannot be read is answered in its place. */
import type { Json } from '#main/core/json'
import { isLanguageCode } from '#main/text/languages/languages'
import type { ReadSettings } from '#main/document/read-settings'
import { toDocument } from '#main/services/filter/line-documents'
import type { Asked } from '#main/services/filter/answers'
import { mostDocuments } from './limits.ts'
import { Refusal } from './refusal.ts'

/** @throws Refusal 400 naming what is not as expected. */
export function documentsOf(body: Uint8Array, usual: ReadSettings): Asked[] {
  const { documents, language } = parse(body)
  if (!Array.isArray(documents))
    throw new Refusal(400, 'Expected {"documents": [{"text": "..."}]}: a list of documents with a text each.')
  if (documents.length > mostDocuments)
    throw new Refusal(
      413,
      `${documents.length} documents are more than the ${mostDocuments} of one request. Send several.`,
    )
  if (language !== undefined && !(typeof language === 'string' && isLanguageCode(language)))
    throw new Refusal(400, `"language" is ${JSON.stringify(language)}: expected a code such as "en", or leave it out.`)
  const settings = language === undefined ? usual : { ...usual, language }
  return documents.map((document: Json, at) => toDocument(document, `documents[${at}]`, settings))
}

function parse(body: Uint8Array): { readonly documents?: Json; readonly language?: Json } {
  try {
    const parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as Json
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as object) : {}
  } catch (error) {
    throw new Refusal(400, `The body is not JSON in UTF-8: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
