/** The labelling configuration of Label Studio: without it a project cannot show what is imported. */
import type { LabelSet } from '#main/labels/label-set'

export function configFor({ entityTypes, relationTypes }: LabelSet): string {
  const values = (tag: string, types: readonly { readonly name: string }[]): string[] =>
    types.map(({ name }) => `    <${tag} value="${escapeXml(name)}"/>`)
  return [
    '<View>',
    '  <Relations>',
    ...values('Relation', relationTypes),
    '  </Relations>',
    '  <Labels name="label" toName="text">',
    ...values('Label', entityTypes),
    '  </Labels>',
    '  <Text name="text" value="$text"/>',
    '</View>',
    '',
  ].join('\n')
}

/** Control characters are not allowed in XML at all. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
}
