/** Offers of acts on the chosen item: the same for the bar under the sentence and for the menu at the pointer. */
import type { Desk } from './acts.ts'
import { actions, keyOf } from '#window/common/keys/actions.ts'
import type { Command } from '#window/common/keys/command.ts'
import { segmentingCommands } from './segmenting.ts'

export interface Offer {
  /** In the bar, where there is little room; null is in the menu alone. */
  readonly short: string | null
  readonly label: string
  /** Empty when it has none. */
  readonly key: string
  readonly command: Command
}

const none: Command = { name: 'cancel' }

export function offersFor({ selection: { target }, keymap }: Pick<Desk, 'selection' | 'keymap'>): Offer[] {
  const bound = (name: string, short: string | null, label = short ?? ''): Offer => {
    const command = actions.find((action) => action.name === name)?.command ?? none
    return { short, label, key: keyOf(name, keymap), command }
  }
  const remove: Offer = { short: 'Remove', label: 'Remove', key: 'Del', command: { name: 'delete' } }
  const remarks = (kind: 'span' | 'relation'): Offer[] => [
    bound(`flag-${kind}`, null, 'Flag it, or take the flag back'),
    bound(`note-${kind}`, null, 'Write a note…'),
  ]
  const segmenting = segmentingCommands.map((name): Offer => {
    const title = actions.find((action) => action.name === name)?.title ?? ''
    return bound(name, null, name === 'split-word' ? `${title}…` : title)
  })
  switch (target?.kind) {
    case 'suggestion':
      return [bound('accept', 'Accept'), bound('reject', 'Reject'), bound('unsure', 'Not sure')]
    case 'relation':
      return [
        bound('reverse', 'Reverse'),
        bound('pick', 'Type', 'Change type…'),
        bound('retarget-object', 'Object', 'Move its object…'),
        bound('retarget-subject', 'Subject', 'Move its subject…'),
        bound('relation', 'Next relation', 'Draw the next relation from its subject…'),
        bound('example', null, 'Add to the guideline as an example'),
        ...remarks('relation'),
        remove,
      ]
    case 'span':
      return [
        bound('relation', 'Draw relation', 'Draw a relation…'),
        bound('pick', 'Type', 'Change type…'),
        bound('propagate', 'Same elsewhere', 'Same string elsewhere…'),
        bound('example', 'Example', 'Add to the guideline as an example'),
        ...remarks('span'),
        ...segmenting,
        remove,
      ]
    case undefined:
      return [bound('pick', 'Label'), ...segmenting]
  }
}
